"""Without a mouse: everything can be reached and done, and nobody loses the place where they are."""

import re

import pytest
from playwright.async_api import Page, expect

from quanzi.posts import editing, removing
from tests.browser.pages import is_live, shows
from tests.people import CIRCLE

HOME = f"/c/{CIRCLE}"
# What the focus is on: seen by a line around it, around what it stands in, or around its label.
FOCUSED = """() => {
  const at = document.activeElement;
  const lined = (each) => each && getComputedStyle(each).outlineStyle !== "none";
  const bordered = at.closest(":focus-within.composer, .say-something, .search");
  return [at.outerHTML.slice(0, 120), at === document.body,
          lined(at) || lined(at.nextElementSibling) || lined(at.parentElement)
            || lined(at.parentElement?.parentElement) || lined(at.closest("label")) || !!bordered];
}"""
WORDS_TOLD = """() => [...document.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]")]
  .filter((each) => each.getClientRects().length).map((each) => each.textContent.trim()).filter(Boolean)"""


async def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """As a person would: from where the focus is, until it is there."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        if await page.evaluate("(what) => document.activeElement.matches(what)", selector):
            return
    pytest.fail(f"{selector} was not reached")


async def test_the_first_step_leads_past_the_bar_on_top(opens, xiaolan):
    page = await opens(HOME, xiaolan)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()

    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("!!document.activeElement.closest('main')")


async def test_she_writes_a_post_likes_it_and_closes_its_menu(opens, xiaolan):
    page = await opens(HOME, xiaolan)
    await is_live(page)
    await tab_to(page, "#compose textarea")
    await page.keyboard.type("只用键盘写的")
    await tab_to(page, ".composer__send")
    await page.keyboard.press("Enter")
    await shows(page, "只用键盘写的")
    heart, more = page.locator("#feed [data-like]"), page.locator("#feed .post__more")

    await tab_to(page, "#feed [data-like]")
    await page.keyboard.press("Space")
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await expect(heart).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(heart).to_have_attribute("aria-pressed", "false")

    await more.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#menu")).to_be_visible()
    assert await page.evaluate("!!document.activeElement.closest('#menu')")
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).not_to_be_visible()
    await expect(more).to_be_focused()


async def test_the_merchant_pins_from_the_menu_and_is_where_they_were(opens, editor):
    await editor.posts("要置顶的")
    page = await opens(HOME, editor)
    await is_live(page)
    await tab_to(page, "#feed .post__more")
    await page.keyboard.press("Enter")
    await expect(page.locator("#menu")).to_be_visible()
    await tab_to(page, "#menu .controls__pin button")
    await page.keyboard.press("Enter")
    await expect(page.locator("#pins")).to_contain_text("要置顶的")
    await expect(page.locator("#feed .post__more")).to_be_focused()


async def test_following_leaves_the_focus_on_the_button(opens, xiaolan):
    page = await opens(HOME, xiaolan)
    await tab_to(page, "#follow button")
    await page.keyboard.press("Enter")
    await expect(page.locator("#follow")).to_have_attribute("action", re.compile("unfollow"))
    await expect(page.locator("#follow button")).to_be_focused()


async def test_a_post_that_is_edited_or_removed_does_not_take_the_focus_along(
    opens, xiaolan, aqiang
):
    below, above = await aqiang.posts("下面的"), await aqiang.posts("上面的")
    page = await opens(HOME, xiaolan)
    await is_live(page)
    await page.focus(f"#post-{above.post_id} [data-like]")

    await editing.edit(await aqiang.place(), above.post_id, "改过的", 1)
    await shows(page, "改过的")
    await expect(page.locator(f"#post-{above.post_id} [data-like]")).to_be_focused()

    await removing.remove(await aqiang.place(), above.post_id)
    await expect(page.locator(f"#post-{above.post_id}")).to_have_count(0)
    assert await page.evaluate("!!document.activeElement.closest('.post')")
    await expect(page.locator(f"#post-{below.post_id}")).to_be_visible()


async def test_new_posts_are_told_once_and_politely(opens, xiaolan, aqiang):
    page = await opens(HOME, xiaolan)
    await is_live(page)
    for number in range(3):
        await aqiang.posts(f"第 {number} 篇，很长的话")
    told = page.locator("#new-posts-told")
    await expect(told).to_have_text("3 条新帖子")
    await expect(told).to_have_attribute("role", "status")
    assert await page.evaluate(WORDS_TOLD) == ["3 条新帖子"], (
        "one region speaks, and reads no posts"
    )
    assert await page.locator("#feed").evaluate(
        "(feed) => !feed.closest('[aria-live], [role=log]')"
    )


async def test_she_is_told_that_her_own_post_is_out_and_others_that_there_is_a_new_one(
    opens, xiaolan, aqiang
):
    hers, his = await opens(HOME, xiaolan), await opens(HOME, aqiang)
    for page in (hers, his):
        await is_live(page)

    await hers.fill("#compose-body", "今晚七点")
    await hers.locator("#compose-body").press("Control+Enter")

    await expect(hers.locator("#new-posts-told")).to_have_text("你的帖子发布了")
    await expect(his.locator("#new-posts-told")).to_have_text("1 条新帖子")


@pytest.mark.parametrize(
    "path",
    ["", "/manage", "/manage/plan", "/manage/review", "/manage/fans", "/manage/collections",
     "/manage/services/new", "/compose", "/services"],
)  # fmt: skip
async def test_the_focus_is_seen_at_every_step_and_comes_to_an_end(opens, owner, path):
    await owner.posts("一篇")
    page = await opens(HOME + path, owner)
    passed: list[str] = []
    unseen: list[str] = []
    for _ in range(250):
        await page.keyboard.press("Tab")
        html, is_over, is_seen = await page.evaluate(FOCUSED)
        if is_over:
            break
        passed.append(html)
        unseen += [] if is_seen else [html]
    assert len(passed) > 8
    assert is_over, "the focus goes round and round"
    assert unseen == []
