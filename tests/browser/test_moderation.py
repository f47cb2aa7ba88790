"""The whole round: held, decided by keyboard, heard of, appealed, put back, live again."""

from playwright.async_api import expect

from tests.browser.pages import is_live
from tests.moderation.words import HELD
from tests.people import CIRCLE

HOME = f"/c/{CIRCLE}"
SOON = 4_000


async def test_a_post_is_held_decided_appealed_and_live_again(opens, cast):
    body = f"{HELD}，跑这么慢"
    visitors = await opens(HOME)
    queue = await opens(f"{HOME}/manage/review", cast.reviewer)
    await is_live(visitors)
    hers = await opens(HOME, cast.xiaolan, viewport={"width": 390, "height": 800})
    await is_live(hers)

    await hers.fill("#compose-body", body)
    await hers.click("#compose button")
    await expect(hers.locator("[data-outcome=held]")).to_be_visible(timeout=SOON)
    await expect(queue.locator("[data-case]")).to_have_count(1, timeout=SOON)
    await expect(visitors.locator(".post", has_text="跑这么慢")).to_have_count(0)

    # Nothing but keys from here to the decision.
    await queue.keyboard.press("n")
    await expect(queue.locator(".evidence mark")).to_contain_text("傻逼", timeout=SOON)
    await queue.wait_for_load_state()  # until then nobody hears the keys
    await queue.keyboard.press("d")
    await queue.keyboard.press("6")
    await queue.keyboard.press("r")
    await queue.keyboard.type("请好好说话")
    await queue.keyboard.press("Control+Enter")
    await expect(queue.locator(".empty")).to_be_visible(timeout=SOON)

    await expect(hers.locator("#bell [data-count=notices]")).to_have_text("2", timeout=SOON)
    await hers.click("#bell")
    await hers.click("text=你写的内容被处理了")
    await expect(hers.locator("main")).to_contain_text("请好好说话")
    await hers.fill("[name=words]", "我在说我自己")
    await hers.click("text=提交申诉")
    await expect(hers.locator("main")).to_contain_text("申诉已经收到")

    editors = await opens(f"{HOME}/manage/appeals", cast.editor)
    await editors.click(".rows__title a")
    await editors.fill("[name=reason]", "看错了")
    await editors.click("text=申诉成立，恢复")
    await expect(editors.locator(".empty")).to_be_visible(timeout=SOON)

    await expect(visitors.locator(".post", has_text="跑这么慢")).to_be_visible(timeout=SOON)
    await hers.goto(f"{cast.url}/me/credit")
    await expect(hers.locator(".scale__score")).to_have_text("550")


async def test_two_reviewers_see_what_the_other_has_taken_up(opens, cast):
    await cast.xiaolan.posts(HELD)
    first = await opens(f"{HOME}/manage/review", cast.reviewer)
    second = await opens(f"{HOME}/manage/review", cast.editor)
    await expect(second.locator("[data-case]")).to_have_count(1, timeout=SOON)

    await first.click("text=处理下一件")

    await expect(second.locator(".tag--held")).to_contain_text("悦跑审核", timeout=SOON)
    await second.click("[data-row]")
    await expect(second.locator("main")).to_contain_text("正在处理这件事")


async def test_she_reports_a_comment_from_where_it_stands(opens, cast):
    post = await cast.owner.posts("大家说说")
    await cast.aqiang.says(post.post_id, "加我私聊")
    hers = await opens(f"{HOME}/p/{post.post_id}", cast.xiaolan)
    await is_live(hers)

    await hers.click(".comment__more")
    await hers.click("#menu >> text=举报")
    await hers.click("#menu .pick:has-text('广告引流')")
    await hers.fill("#menu [name=note]", "拉人私聊")
    await hers.click("#menu >> text=提交举报")
    await expect(hers.locator("#menu")).to_contain_text("已经收到", timeout=SOON)
    await hers.click("#menu [data-close]")

    queue = await opens(f"{HOME}/manage/review", cast.reviewer)
    await expect(queue.locator("[data-case]")).to_contain_text("加我私聊")
