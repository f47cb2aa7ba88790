"""Webhooks in a browser without scripts: added, tried and looked at on a phone."""

from playwright.async_api import expect

from quanzi.db.engine import rows
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/manage/webhooks"
PHONE = {"width": 390, "height": 844}
ADDRESS = "https://hook.invalid/" + "a-very-long-path-without-any-end" * 4


async def test_an_owner_adds_one_copies_the_secret_and_reads_the_log(opens, site, owner):
    await site.tickers_rest()
    desk = await opens(f"/c/{CIRCLE}/manage", owner, java_script_enabled=False, viewport=PHONE)
    await desk.click(f"a[href='{HERE}']")
    await desk.fill("[name=url]", ADDRESS)
    await desk.click("button:text-is('添加')")
    assert (await desk.locator("#secret input").input_value()).startswith("whsec_")
    await desk.click("button:text-is('发一条测试消息')")
    await expect(desk.locator("#log")).to_contain_text("webhook.ping")
    await expect(desk.locator("#secret")).to_have_count(0)
    for path in (desk.url, site.url + HERE):
        await desk.goto(path)
        width = await desk.locator("body").evaluate(
            "el => el.ownerDocument.documentElement.scrollWidth"
        )
        assert width <= PHONE["width"]
    assert (await rows("select state from webhook_delivery"))[0]["state"] == "asked"
