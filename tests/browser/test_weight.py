"""What a page costs to fetch, and that it stands still under the reader's eyes."""

import asyncio

from playwright.async_api import expect

from quanzi.posts.feed import PAGE
from tests.browser.pages import is_live
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HOME = f"/c/{CIRCLE}"
MOST = 120_000
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.shifts.push(each.value);
  }).observe({ type: "layout-shift", buffered: false });
}"""
FROM_ABOVE = "(id) => document.getElementById(id).getBoundingClientRect().top"
UNMEASURED = """() => [...document.images].filter((image) =>
  !(image.getAttribute("width") && image.getAttribute("height"))
  && getComputedStyle(image).aspectRatio === "auto").map((image) => image.outerHTML)"""


async def test_a_circles_page_weighs_at_most_120_kb_besides_its_pictures(opens, xiaolan, editor):
    """As it goes over the wire, to a browser that has nothing of it yet."""
    for number in range(PAGE):
        await xiaolan.posts(f"第 {number} 篇：沿着江边一直跑，过了桥再回来，一共十公里。 #夜跑#")
    page = await opens("/signin", xiaolan)
    wire = await page.context.new_cdp_session(page)
    weights: dict[str, float] = {}
    kinds: dict[str, str] = {}
    wire.on(
        "Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda said: weights.update({said["requestId"]: said["encodedDataLength"]}),
    )
    await wire.send("Network.enable")
    await wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await page.goto(page.url.replace("/signin", HOME), wait_until="networkidle")
    await is_live(page)
    assert await page.locator("#feed .post").count() == PAGE

    counted = {at: weights[at] for at in weights if kinds.get(at) != "Image"}
    assert {"Document", "Stylesheet", "Script"} <= set(kinds.values())
    by_kind: dict[str, float] = {}
    for at, size in counted.items():
        by_kind[kinds.get(at, "")] = by_kind.get(kinds.get(at, ""), 0) + size
    assert sum(counted.values()) <= MOST, by_kind
    print(f"a circle's page: {sum(counted.values()) / 1000:.1f} KB", by_kind)  # noqa: T201 - a figure


async def test_a_post_that_arrives_moves_nothing_for_who_has_scrolled_down(opens, xiaolan, editor):
    for number in range(12):
        await xiaolan.posts(f"第 {number} 篇。\n\n有两段。")
    read = await xiaolan.posts("正在读的")
    for number in range(3):
        await xiaolan.posts(f"上面的 {number}")
    page = await opens(HOME, xiaolan, viewport={"width": 390, "height": 844})
    await is_live(page)
    here = f"post-{read.post_id}"
    await page.evaluate("(id) => document.getElementById(id).scrollIntoView()", here)
    await asyncio.sleep(0.8)  # what the scrolling itself moves is over
    before = await page.evaluate(FROM_ABOVE, here)
    await page.evaluate(WATCH)

    sent = [("images", ("a.jpg", a_jpeg(), "image/jpeg"))]
    await editor.sends(f"{HOME}/posts", files=sent, body="新来的，有图")
    await editor.posts("又一篇")
    await expect(page.locator("#new-posts")).to_contain_text("2")
    await asyncio.sleep(0.5)

    assert await page.evaluate("window.shifts") == []
    assert await page.evaluate(FROM_ABOVE, here) == before


async def test_a_picture_has_its_room_before_it_is_there(opens, xiaolan, editor):
    sent = [("images", (f"{n}.jpg", a_jpeg(), "image/jpeg")) for n in range(3)]
    await editor.sends(f"{HOME}/posts", files=sent, body="三张")
    await editor.sends(f"{HOME}/posts", files=sent[:1], body="一张")
    for path in (HOME, "/", "/discover", f"{HOME}/manage"):
        page = await opens(path, editor)
        assert await page.evaluate(UNMEASURED) == [], path
