"""What was being written is still there when its author comes back."""

from tests.people import CIRCLE


async def test_she_goes_to_verify_her_name_and_finds_her_words_again(opens, xiaolan):
    page = await opens(f"/c/{CIRCLE}", xiaolan)
    await page.locator("#compose-body").fill("写到一半的话，还没想好怎么收尾")
    await page.goto(page.url.replace(f"/c/{CIRCLE}", f"/me/verification?next=/c/{CIRCLE}"))
    await page.get_by_role("link", name="回到刚才的地方").click()
    await page.wait_for_url(f"**/c/{CIRCLE}")

    assert await page.locator("#compose-body").input_value() == "写到一半的话，还没想好怎么收尾"
    await page.get_by_role("button", name="发布").click()
    await page.get_by_text("写到一半的话").first.wait_for()
    await page.reload()
    assert await page.locator("#compose-body").input_value() == ""


async def test_a_comment_waits_too_and_nobody_else_finds_it(opens, xiaolan, owner):
    post = await owner.posts()
    page = await opens(f"/c/{CIRCLE}/p/{post.post_id}", xiaolan)
    await page.locator("#comment-body").fill("等一下再说")
    await page.reload()
    assert await page.locator("#comment-body").input_value() == "等一下再说"

    await page.get_by_role("button", name="发表").click()
    await page.locator(".comment", has_text="等一下再说").wait_for()
    await page.reload()
    assert await page.locator("#comment-body").input_value() == ""
