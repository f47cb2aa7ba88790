"""A merchant and a member, side by side: what one does, the other sees."""

import asyncio
import time

from playwright.async_api import expect

from quanzi.circles import changing
from quanzi.curation import pinning, removing
from quanzi.posts import editing
from tests.browser.pages import equals_a_fresh_load, is_how, is_live, reaches, shows
from tests.people import CIRCLE

HOME = f"/c/{CIRCLE}"


async def test_the_member_sees_the_merchants_post_and_pin_at_once(opens, editor, xiaolan):
    theirs, hers = await opens(HOME, editor), await opens(HOME, xiaolan)
    await is_live(hers)

    await theirs.fill("#compose textarea", "周四夜跑：海心沙到猎德，10 公里")
    await theirs.click("#compose button:text('发布')")
    await shows(theirs, "海心沙到猎德")
    await shows(hers, "海心沙到猎德", timeout=2000)

    await theirs.hover("#feed .post")
    await theirs.click("#feed .post .post__more")
    await theirs.click("#menu button:text-is('置顶')")
    await expect(theirs.locator("#pins")).to_contain_text("海心沙到猎德")
    await expect(hers.locator("#pins")).to_contain_text("海心沙到猎德", timeout=2000)
    await expect(theirs.locator("#menu")).not_to_be_visible()
    await equals_a_fresh_load(hers)


async def test_what_is_committed_is_on_an_open_page_at_once(opens, editor, xiaolan):
    hers = await opens(HOME, xiaolan)
    await is_live(hers)

    started = time.perf_counter()
    written = await editor.posts("马上就到")
    await reaches(hers, written.seq, timeout=2000)

    # The promise is 0.2 s, which tests/faults/test_load.py measures; a lost ring would cost seconds.
    assert time.perf_counter() - started < 2


async def test_edits_and_removals_reach_every_open_page(opens, editor, xiaolan):
    first, second = await editor.posts("第一版"), await editor.posts("要删的")
    hers = await opens(HOME, xiaolan)
    await is_live(hers)

    await editing.edit(await editor.place(), first.post_id, "第二版", 1)
    seq = await removing.remove(await editor.place(), second.post_id)

    await reaches(hers, seq)
    await shows(hers, "第二版")
    await expect(hers.locator("#feed")).not_to_contain_text("要删的")
    await equals_a_fresh_load(hers)


# Each post in the window, and where it stands.
IN_VIEW = """[...document.querySelectorAll("#feed > .post:not([hidden])")]
  .map((post) => [post.id, post.getBoundingClientRect()])
  .filter(([, { top, bottom }]) => bottom > 0 && top < innerHeight)
  .map(([id, { top }]) => [id, Math.round(top)])"""


async def test_what_she_reads_does_not_move_and_new_posts_wait_above(opens, editor, xiaolan):
    for number in range(12):
        await editor.posts(f"旧帖 {number}\n\n" + "很长的一段话。" * 40)
    hers = await opens(HOME, xiaolan)
    await is_live(hers)
    await hers.evaluate("window.scrollTo(0, 1500)")
    await hers.wait_for_timeout(300)  # what has come near is laid out
    before = await hers.evaluate(IN_VIEW)

    written = await editor.posts("新来的")
    await reaches(hers, written.seq)

    assert before
    assert await hers.evaluate(IN_VIEW) == before
    await expect(hers.locator("#new-posts")).to_be_visible()
    await expect(hers.locator("#new-posts")).to_contain_text("1 条新帖子")
    await hers.click("#new-posts")
    await expect(hers.locator("#feed .post").first).to_contain_text("新来的")
    await expect(hers.locator("#feed .post").first).to_be_visible()
    await expect(hers.locator("#new-posts")).to_be_hidden()


async def test_a_changed_circle_shows_its_new_name_on_open_pages(opens, owner, xiaolan):
    hers = await opens(HOME, xiaolan)
    await is_live(hers)

    seq = await changing.change(
        await owner.place(),
        name="珠江晨跑圈",
        name_en="",
        intro="早起的人",
        rules="",
        posting="members",
        hidden=False,
    )

    await reaches(hers, seq)
    await expect(hers.locator("#circle")).to_contain_text("珠江晨跑圈")
    await equals_a_fresh_load(hers)


async def test_an_edited_post_changes_in_the_feed_and_among_the_pins(opens, editor, xiaolan):
    written = await editor.posts("路线 A")
    await pinning.pin(await editor.place(), written.post_id)
    hers = await opens(HOME, xiaolan)
    await is_live(hers)

    seq = await editing.edit(await editor.place(), written.post_id, "路线 B", 1)

    await reaches(hers, seq)
    await expect(hers.locator("#pins")).to_contain_text("路线 B")
    await shows(hers, "路线 B")
    await equals_a_fresh_load(hers)


async def test_the_page_catches_up_after_its_tab_was_hidden(opens, editor, xiaolan):
    hers = await opens(HOME, xiaolan)
    await is_live(hers)
    await _hide(hers, True)
    await is_how(hers, "off")

    written = await editor.posts("她不在的时候")
    await _hide(hers, False)

    await reaches(hers, written.seq, timeout=5000)
    await shows(hers, "她不在的时候")
    await equals_a_fresh_load(hers)


async def test_the_page_catches_up_after_the_network_was_away(opens, editor, xiaolan, site):
    hers = await opens(HOME, xiaolan)
    await is_live(hers)
    await _notes_what_it_was(hers)
    await hers.context.set_offline(True)
    for stream in site.hub.streams.values():
        for listener in stream.everyone():
            listener.wire.transport.abort()
    # The browser may let it back at once: being away can be shorter than a look from here.
    while "off" not in await hers.evaluate("window.wasHow"):
        await asyncio.sleep(0.02)

    written = await editor.posts("断网的时候")
    await hers.context.set_offline(False)

    await reaches(hers, written.seq, timeout=20_000)
    await equals_a_fresh_load(hers)


async def test_whose_first_connection_fails_is_told_so(opens, xiaolan):
    page = await opens("/discover", xiaolan)
    await page.add_init_script(
        """const Real = WebSocket;
        window.WebSocket = class extends Real {
          constructor(address) { super(String(address).replace("/live", "/nowhere")); }
        };"""
    )

    await page.goto(page.url.replace("/discover", HOME))

    await expect(page.locator("#live-state")).to_contain_text("连接断开", timeout=10_000)
    await expect(page.locator("#live-state")).to_be_visible()


async def _notes_what_it_was(page) -> None:
    await page.evaluate(
        """() => {
          window.wasHow = [];
          new MutationObserver(() => window.wasHow.push(document.documentElement.dataset.live))
            .observe(document.documentElement, {attributeFilter: ["data-live"]});
        }"""
    )


async def _hide(page, hidden: bool) -> None:
    """As the browser says it to the page when another tab comes to the front."""
    await page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
          Object.defineProperty(document, "visibilityState",
            {configurable: true, get: () => hidden ? "hidden" : "visible"});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
