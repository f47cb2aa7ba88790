"""Coming back to a page: the same place, the same posts, and what was being written."""

import pytest
from playwright.async_api import expect

from quanzi.db.engine import rows
from tests.browser.pages import is_live, reaches
from tests.people import CIRCLE, PASSWORD

TOP = "(id) => Math.round(document.getElementById(id).getBoundingClientRect().top)"


@pytest.fixture
async def posts(owner):
    return [
        (await owner.posts(f"第 {n} 篇，路线和集合时间都写在里面\n" * 4)).post_id for n in range(30)
    ]


async def _scrolled_to(page, post_id: int) -> int:
    await page.evaluate("(id) => document.getElementById(id).scrollIntoView()", f"post-{post_id}")
    # As high as it is only once it is near: what was below the window is laid out by now.
    await page.wait_for_timeout(200)
    await page.evaluate("scrollBy(0, -200)")
    await page.wait_for_timeout(400)
    return await page.evaluate(TOP, f"post-{post_id}")


async def test_more_then_a_post_then_back_is_the_same_place_and_the_same_posts(
    opens, posts, owner, xiaolan
):
    page = await opens(f"/c/{CIRCLE}", xiaolan, viewport={"width": 390, "height": 844})
    await page.locator("#older").click()
    await page.wait_for_url("**?before=*")
    here, shown = page.url, await page.locator("#feed > .post").count()
    stood = await _scrolled_to(page, posts[4])
    await page.locator(f"#post-{posts[4]} .post__when a").click()
    await page.wait_for_url(f"**/p/{posts[4]}")
    await owner.posts("这时来了一篇新的")

    await page.go_back()

    assert page.url == here
    assert await page.locator("#feed > .post").count() == shown
    await page.wait_for_timeout(300)
    assert abs(await page.evaluate(TOP, f"post-{posts[4]}") - stood) <= 2


async def test_what_came_in_above_meanwhile_does_not_push_her_away(opens, posts, owner, xiaolan):
    page = await opens(f"/c/{CIRCLE}", xiaolan)
    await is_live(page)
    stood = await _scrolled_to(page, posts[20])
    await page.locator(f"#post-{posts[20]} .post__when a").click()
    await page.wait_for_url(f"**/p/{posts[20]}")
    for n in range(3):
        await owner.posts(f"新的 {n}\n" * 6)

    await page.go_back()

    await is_live(page)
    await page.wait_for_timeout(300)
    assert abs(await page.evaluate(TOP, f"post-{posts[20]}") - stood) <= 2


async def test_what_lives_on_the_page_goes_on_after_coming_back(opens, posts, owner, xiaolan):
    page = await opens(f"/c/{CIRCLE}", xiaolan)
    await page.goto(page.url + f"/p/{posts[0]}")
    await page.go_back()
    await is_live(page)

    written = await owner.posts("还活着")

    await reaches(page, written.seq)


async def test_an_edit_that_was_begun_is_there_after_a_reload_and_gone_once_saved(opens, xiaolan):
    written = await xiaolan.posts("原来的话")
    page = await opens(f"/c/{CIRCLE}/p/{written.post_id}/edit", xiaolan)
    body = page.locator("#edit textarea[name=body]")
    await body.fill("改到一半")
    await page.reload()
    await expect(body).to_have_value("改到一半")
    await page.goto(page.url.removesuffix("/edit"))
    await page.go_back()
    await expect(body).to_have_value("改到一半")

    await page.get_by_role("button", name="保存").click()
    await page.wait_for_timeout(500)
    await page.goto(page.url.removesuffix("/edit") + "/edit")
    await expect(body).to_have_value("改到一半")
    await body.fill("又改")
    await body.fill("改到一半")
    assert (
        await page.evaluate("Object.keys(sessionStorage).filter((k) => k.includes('edit')).length")
        == 0
    )


async def test_words_outlive_a_session_that_ended_and_not_a_signing_out(opens, cast, xiaolan):
    page = await opens(f"/c/{CIRCLE}", xiaolan)
    await page.locator("#compose-body").fill("写到一半")
    await rows("delete from session where member_id = $1", xiaolan.member_id)
    await page.goto(f"{cast.url}/signin?next=/c/{CIRCLE}")
    await page.locator("[name=handle]").fill("xiaolan")
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("main form button").first.click()
    await page.wait_for_url(f"**/c/{CIRCLE}")
    await expect(page.locator("#compose-body")).to_have_value("写到一半")

    # A device that is shared keeps nothing of who left on purpose.
    await page.get_by_role("button", name="退出").click()
    await page.wait_for_load_state()
    assert (
        await page.evaluate(
            "Object.keys(sessionStorage).filter((k) => k.startsWith('quanzi:')).length"
        )
        == 0
    )
