"""JavaScript off: reading, signing in, posting with a picture, pinning, paging — all work."""

import re

from playwright.async_api import expect

from quanzi.posts.feed import PAGE
from tests.people import CIRCLE, PASSWORD
from tests.web.pictures import a_jpeg

HOME = f"/c/{CIRCLE}"


async def test_an_editor_signs_in_posts_pins_edits_and_deletes(opens, editor):
    page = await opens("/signin?next=" + HOME, java_script_enabled=False)
    await page.fill("[name=handle]", "joyrun-editor")
    await page.fill("[name=password]", "wrong-password")
    await page.click("main button")
    await expect(page.locator("#error-password")).to_be_visible()
    await expect(page.locator("[name=handle]")).to_have_value("joyrun-editor")

    await page.fill("[name=password]", PASSWORD)
    await page.click("main button")
    await expect(page).to_have_url(re.compile(HOME + "$"))
    await page.fill("#compose textarea", "没有脚本也能发 #夜跑#")
    await page.set_input_files(
        "#compose [type=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_jpeg()}
    )
    await page.click("#compose button")
    await expect(page.locator("#feed")).to_contain_text("没有脚本也能发")
    await expect(page.locator("#feed .pictures img")).to_have_count(1)

    await page.goto(await page.locator("#feed .post__more").first.evaluate("a => a.href"))
    await page.click(".controls__pin button")
    await expect(page.locator("#pins")).to_contain_text("没有脚本也能发")

    await page.goto(await page.locator("#feed .post__more").first.evaluate("a => a.href"))
    await page.click("[data-edit]")
    await page.fill("textarea[name=body]", "改过了")
    await page.click("#edit button:text('保存')")
    await expect(page.locator("#feed")).to_contain_text("改过了")

    await page.goto(await page.locator("#feed .post__more").first.evaluate("a => a.href"))
    await page.click("form button.button--danger")
    await expect(page.locator("#feed")).not_to_contain_text("改过了")
    await expect(page.locator("#feed-empty")).to_be_visible()
    await expect(page.locator("#undo button")).to_be_visible()


async def test_a_visitor_pages_through_to_the_first_post_and_back(opens, editor):
    for number in range(PAGE * 2 + 3):
        await editor.posts(f"第 {number} 篇。")
    page = await opens(HOME, java_script_enabled=False)
    await expect(page.locator("#feed .post")).to_have_count(PAGE)

    await page.click("#older")
    await page.click("#older")
    await expect(page.locator("#feed .post")).to_have_count(3)
    await expect(page.locator("#feed")).to_contain_text("第 0 篇。")
    await expect(page.locator("#older")).to_have_count(0)

    await page.click("text=更新的帖子")
    await expect(page.locator("#feed .post")).to_have_count(PAGE)
    await expect(page.locator("#feed .post").last).to_contain_text("第 3 篇。")


async def test_she_chooses_her_language_and_it_stays(opens):
    page = await opens("/", java_script_enabled=False)
    await page.click("footer >> text=English")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("h1")).to_contain_text("Find people")

    await page.goto(page.url.split("?")[0] + "signin")
    await expect(page.locator("h1")).to_contain_text("Sign in")
    await page.click("footer >> text=繁體中文")
    await expect(page.locator("h1")).to_contain_text("登入")
