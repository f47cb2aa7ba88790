"""A page is a page until its scripts have come, and whether they come or not."""

import asyncio

from playwright.async_api import Page, expect

from tests.people import CIRCLE


async def test_a_page_that_is_opened_in_the_background_is_live_all_the_same(opens, xiaolan):
    page = await opens("/terms", xiaolan)
    await page.add_init_script(
        "Object.defineProperty(document, 'hidden', { get: () => true });"
        "window.requestAnimationFrame = () => 0;"
    )

    await page.goto(page.url.replace("/terms", f"/c/{CIRCLE}"))

    await expect(page.locator("html[data-live=on]")).to_be_attached()


async def test_whose_modules_do_not_come_has_all_that_htmx_does(opens, xiaolan):
    page = await opens("/terms", xiaolan)
    await page.route("**/js/quanzi.js", lambda route: route.abort())

    async with page.expect_websocket() as opened:
        await page.goto(page.url.replace("/terms", f"/c/{CIRCLE}"))

    assert f"/c/{CIRCLE}/live" in (await opened.value).url


async def test_going_through_a_page_in_pieces_leaves_nothing_out(opens, owner):
    page = await opens(f"/c/{CIRCLE}", owner)

    missed = await page.evaluate(
        """() => {
            const missed = [];
            document.addEventListener("htmx:after:init", ({ target }) => missed.push(target.outerHTML));
            htmx.process(document.body);
            return missed;
        }"""
    )

    assert missed == []
    assert await page.locator("[hx-get], [hx-post]").count() > 3


async def test_what_she_typed_before_they_came_is_kept(opens, xiaolan):
    page = await opens("/terms", xiaolan)
    come = asyncio.Event()
    await page.route("**/js/keep.js", lambda route: _later(route, come))

    going = asyncio.create_task(page.goto(page.url.replace("/terms", f"/c/{CIRCLE}")))
    await page.locator("#compose-body").fill("桥上风大，写快了")
    come.set()
    await going
    await _is_kept(page, "桥上风大，写快了")
    await page.reload()

    await expect(page.locator("#compose-body")).to_have_value("桥上风大，写快了")


async def _later(route, come: asyncio.Event) -> None:
    await come.wait()
    await route.continue_()


async def _is_kept(page: Page, words: str) -> None:
    async with asyncio.timeout(10):
        while words not in await page.evaluate("Object.values(sessionStorage)"):
            await asyncio.sleep(0.05)
