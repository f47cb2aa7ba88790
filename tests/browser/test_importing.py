"""An editor brings a file and watches it come in, without reloading anything."""

import re

from playwright.async_api import expect

from quanzi.db.engine import rows
from tests.importing.brought import HERE, a_csv
from tests.people import CIRCLE


async def test_the_editor_brings_a_file_from_the_desk_and_watches(opens, editor):
    page = await opens(f"/c/{CIRCLE}/manage", editor)
    await page.click(".drawer >> text=导入帖子")
    content = a_csv(
        {"body": "甲", "publish_at": ""},
        {"body": "甲", "publish_at": ""},
        {"body": "乙", "publish_at": "?"},
    )
    await page.set_input_files(
        "[name=file]", {"name": "旧文.csv", "mimeType": "text/csv", "buffer": content}
    )
    await page.click("text=上传并检查")

    # The page goes on by itself.
    await expect(page.locator("button:has-text('导入 1 篇')")).to_be_visible(timeout=15_000)
    await expect(page.locator(".import__lines")).to_contain_text("和第 1 行一样")
    await page.click("text=一篇一篇慢慢发")
    await page.select_option("[name=every]", "30")
    await page.click("button:has-text('导入 1 篇')")
    await expect(page.locator(".card__head .tag")).to_have_text("已完成", timeout=15_000)
    await page.click(".import__lines a")
    await expect(page).to_have_url(re.compile(r"/p/\d+$"))
    await expect(page.locator("#feed")).to_contain_text("甲")
    assert [line["state"] for line in await rows("select state from post")] == ["scheduled"]


async def test_without_scripts_it_is_a_matter_of_reloading(opens, editor):
    page = await opens(HERE, editor, java_script_enabled=False)
    await page.set_input_files(
        "[name=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": a_csv({"body": "甲"})}
    )
    await page.click("text=上传并检查")
    while not await page.locator("button:has-text('导入 1 篇')").count():
        await page.reload()
    await page.click("button:has-text('导入 1 篇')")
    while "已完成" not in await page.locator(".card__head").inner_text():
        await page.reload()

    assert [line["body"] for line in await rows("select body from post")] == ["甲"]
