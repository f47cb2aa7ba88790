"""A browser that is not looking: the worker is registered, shows what is pushed, and leads there.

The push services themselves are on the open internet; what comes from them is handed to the worker
by the browser's own debugging protocol, and the address they would give by the page's.
"""

import json
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from quanzi.push import subscribing
from tests.browser.conftest import browser
from tests.people import CIRCLE

SHOWN = """() => navigator.serviceWorker.ready.then((r) => r.getNotifications())
    .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, path: data.path })))"""
# In the place of the service on the internet.
SUBSCRIBES = """
    Notification.requestPermission = async () => "granted";
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => ({
        toJSON: () => ({ endpoint: "https://push.example/hers", keys: KEYS }),
        unsubscribe: async () => true,
        key: applicationServerKey,
    });
"""


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """The one with windows: the other takes no pushes."""
    async with browser("chromium") as started:
        yield started


async def test_she_turns_it_on_and_what_is_pushed_is_shown_and_leads_there(
    opens, cast, xiaolan, aqiang
):
    from tests.push.test_pushing import KEYS

    post = await aqiang.posts("周三一起跑吗 @xiaolan")
    page = await opens("/me/sessions", xiaolan)
    await page.context.grant_permissions(["notifications"], origin=cast.url)
    await page.add_init_script(SUBSCRIBES.replace("KEYS", json.dumps(KEYS)))
    await page.goto(cast.url + "/me/settings/notices")
    room = page.locator("[data-push]")
    await room.get_by_role("button", name="在这台设备上接收推送").click()
    await page.locator('[data-push="on"]').wait_for()

    [mine] = await subscribing.own(xiaolan.member_id)
    assert mine["endpoint"] == "https://push.example/hers"

    worker = await page.context.new_cdp_session(page)
    registrations: list[str] = []
    worker.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: registrations.extend(r["registrationId"] for r in said["registrations"]),
    )
    await worker.send("ServiceWorker.enable")
    await page.wait_for_timeout(300)
    said = {
        "title": "阿强 提到了你",
        "body": "周三一起跑吗",
        "path": f"/c/{CIRCLE}/p/{post.post_id}",
        "tag": "t",
    }
    await worker.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": cast.url, "registrationId": registrations[-1], "data": json.dumps(said)},
    )
    for _ in range(40):
        shown = await page.evaluate(SHOWN)
        if shown:
            break
        await page.wait_for_timeout(100)
    assert shown == [said]

    await room.get_by_role("button", name="这台设备不再接收").click()
    await page.locator('[data-push="off"]').wait_for()


async def test_without_permission_it_says_where_to_allow_it(opens, xiaolan):
    page = await opens("/me/sessions", xiaolan)
    await page.add_init_script("Notification.requestPermission = async () => 'denied'")
    await page.goto(page.url.replace("/me/sessions", "/me/settings/notices"))
    button = page.get_by_role("button", name="在这台设备上接收推送")
    await button.click()

    await page.get_by_text("请在浏览器的设置里允许").wait_for()
    assert await subscribing.own(xiaolan.member_id) == []
