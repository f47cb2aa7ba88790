"""What was just done can be undone at once: from the toast, by keyboard, and never by stealing the focus."""

from playwright.async_api import expect

from quanzi.curation import pinning
from tests.browser.pages import equals_a_fresh_load, is_live, shows
from tests.people import CIRCLE

FOCUSED = "() => document.activeElement?.closest('.toast') !== null"


async def _menu(page, post_id: int) -> None:
    await page.locator(f"#post-{post_id} [data-menu]").click()
    await page.locator("#menu[open] #controls").wait_for()


async def test_a_deleted_post_comes_back_on_every_open_page(opens, xiaolan, owner):
    await owner.posts("下面这篇")
    written = await xiaolan.posts("手滑删掉的")
    await owner.posts("上面这篇")
    page, other = await opens(f"/c/{CIRCLE}", xiaolan), await opens(f"/c/{CIRCLE}")
    await is_live(page)
    await is_live(other)

    await _menu(page, written.post_id)
    await page.get_by_role("button", name="删除", exact=True).click()
    toast = page.locator(".toast", has_text="帖子已删除")
    await toast.wait_for()
    assert not await page.evaluate(FOCUSED)
    await expect(other.locator(f"#post-{written.post_id}")).to_have_count(0)

    await toast.get_by_role("button", name="撤销").dblclick()
    await shows(page, "手滑删掉的")
    await shows(other, "手滑删掉的")
    await expect(page.locator(".toast", has_text="已恢复")).to_be_visible()
    await equals_a_fresh_load(other)


async def test_an_unpinned_post_is_back_by_two_keys(opens, editor):
    written = await editor.posts("置顶的")
    await pinning.pin(await editor.place(), written.post_id)
    page = await opens(f"/c/{CIRCLE}", editor)
    await is_live(page)
    await _menu(page, written.post_id)
    await page.get_by_role("button", name="取消置顶").click()
    await expect(page.locator(f"#pin-{written.post_id}")).to_have_count(0)
    await page.locator(".toast", has_text="已取消置顶").wait_for()

    await page.keyboard.press("Control+z")

    await expect(page.locator(f"#pin-{written.post_id}")).to_have_count(1)


async def test_what_is_being_typed_is_what_the_keys_undo(opens, editor):
    written = await editor.posts("置顶的")
    await pinning.pin(await editor.place(), written.post_id)
    page = await opens(f"/c/{CIRCLE}", editor)
    await is_live(page)
    await _menu(page, written.post_id)
    await page.get_by_role("button", name="取消置顶").click()
    await page.locator(".toast").wait_for()
    await page.locator("#compose-body").fill("打字")
    await page.keyboard.press("Control+z")

    await expect(page.locator(f"#pin-{written.post_id}")).to_have_count(0)


async def test_the_toast_waits_while_its_button_has_the_focus(opens, xiaolan):
    written = await xiaolan.posts("等一等")
    page = await opens(f"/c/{CIRCLE}", xiaolan)
    await page.clock.install()
    await page.reload()
    await _menu(page, written.post_id)
    await page.get_by_role("button", name="删除", exact=True).click()
    button = page.locator(".toast").get_by_role("button", name="撤销")
    await button.focus()
    await page.clock.run_for(60_000)
    await expect(button).to_be_visible()

    await button.blur()
    await page.clock.run_for(9_000)
    await expect(page.locator(".toast")).to_have_count(0)


async def test_a_comment_on_the_posts_own_page(opens, xiaolan, owner):
    post = await owner.posts()
    said = await xiaolan.says(post.post_id, "说错了")
    page = await opens(f"/c/{CIRCLE}/p/{post.post_id}", xiaolan)
    await is_live(page)
    await page.locator(f"#comment-{said.comment_id} [data-menu]").click()
    await page.get_by_role("button", name="删除这条评论").click()
    await page.locator(".toast").get_by_role("button", name="撤销").click()

    await expect(page.locator("#comments")).to_contain_text("说错了")


async def test_the_menu_as_a_page_of_its_own_leads_back_and_says_so(opens, xiaolan):
    written = await xiaolan.posts("从单独的页面删")
    page = await opens(f"/c/{CIRCLE}/p/{written.post_id}/controls", xiaolan)
    await page.get_by_role("button", name="删除", exact=True).click()
    await page.wait_for_url(f"**/c/{CIRCLE}?undo=*")

    await page.locator("#undo").get_by_role("button", name="撤销").click()
    await expect(page.locator("#feed")).to_contain_text("从单独的页面删")


async def test_without_scripts_it_is_a_button_on_the_next_page(opens, xiaolan):
    written = await xiaolan.posts("没有脚本")
    page = await opens(
        f"/c/{CIRCLE}/p/{written.post_id}/controls", xiaolan, java_script_enabled=False
    )
    await page.get_by_role("button", name="删除", exact=True).click()
    await page.locator("#undo").get_by_role("button", name="撤销").click()

    await page.wait_for_url(f"**/c/{CIRCLE}/p/{written.post_id}")
    await expect(page.locator("#feed")).to_contain_text("没有脚本")
