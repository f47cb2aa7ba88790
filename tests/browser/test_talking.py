"""Two members and a merchant, talking live."""

from playwright.async_api import expect

from quanzi.circles import following
from tests.browser.pages import is_live
from tests.people import CIRCLE, OTHER_CIRCLE

HOME = f"/c/{CIRCLE}"
SOON = 2_500


async def test_two_members_and_a_merchant_talk_without_a_reload(opens, cast):
    post_id = (await cast.owner.posts("周六早上八点，海心沙集合")).post_id
    path = f"{HOME}/p/{post_id}"
    merchants = await opens(path, cast.owner)
    hers = await opens(path, cast.xiaolan)
    his = await opens(HOME, cast.aqiang, viewport={"width": 390, "height": 800})
    for page in (merchants, hers, his):
        await is_live(page)

    await hers.fill("#comment-body", "我可以带朋友吗？")
    await hers.click("#say-something button")
    comment = merchants.locator(".comment", has_text="带朋友")
    await expect(comment).to_be_visible(timeout=SOON)
    await expect(hers.locator("#comment-body")).to_have_value("")
    await expect(his.locator(f'[data-count=comments][data-of="{post_id}"]')).to_have_text(
        "1", timeout=SOON + 1000
    )

    await comment.locator("a[data-reply]").click()
    await expect(merchants.locator(".say-something__to")).to_contain_text("小兰")
    await merchants.fill("#comment-body", "当然，来吧 @xiaolan")
    await merchants.click("#say-something button")
    answer = hers.locator(".comment--reply", has_text="当然")
    await expect(answer).to_be_visible(timeout=SOON)
    await expect(answer.locator(".mention")).to_have_attribute("href", "/m/xiaolan")

    heart = his.locator(f"#post-{post_id} a[data-like]")
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await expect(hers.locator(f'[data-count=likes][data-of="{post_id}"]')).to_have_text(
        "1", timeout=SOON + 1000
    )
    await his.reload()
    await expect(heart).to_have_attribute("aria-pressed", "true")


async def test_following_changes_the_figure_on_everybodys_page(opens, cast):
    await cast.owner.posts()
    hers, visitors = await opens(HOME, cast.xiaolan), await opens(HOME)
    await is_live(hers)
    await is_live(visitors)

    await hers.click("#follow button")

    await expect(hers.locator("#follow")).to_have_attribute("action", f"{HOME}/unfollow")
    await expect(visitors.locator("[data-count=followers]")).to_have_text("1", timeout=SOON + 1000)


async def test_her_home_says_how_many_new_posts_wait(opens, cast):
    for circle in (CIRCLE, OTHER_CIRCLE):
        await following.follow(await cast.xiaolan.place(circle))
    await cast.owner.posts("旧的")
    home = await opens("/", cast.xiaolan)
    await is_live(home)

    await cast.owner.posts("新一")
    await cast.maimai.posts("新二", circle=OTHER_CIRCLE)

    waiting = home.locator("#new-posts")
    await expect(waiting).to_have_text("2 条新帖子", timeout=SOON + 1000)
    await waiting.click()
    await expect(home.locator(".post")).to_have_count(3)


async def test_a_page_of_a_followed_circle_that_was_shown_is_no_longer_unread(opens, cast):
    await following.follow(await cast.xiaolan.place())
    await cast.owner.posts("新的")
    home = await opens("/", cast.xiaolan)
    await expect(home.locator(".home__dot")).to_have_count(1)

    await home.goto(cast.url + HOME)
    await home.wait_for_timeout(2_200)
    await home.goto(cast.url + "/")

    await expect(home.locator(".home__dot")).to_have_count(0)


async def test_a_name_is_completed_with_the_keyboard(opens, cast):
    post_id = (await cast.owner.posts()).post_id
    page = await opens(f"{HOME}/p/{post_id}", cast.aqiang)

    await page.locator("#comment-body").press_sequentially("去问 @xia")
    await expect(page.locator(".names [role=option]")).to_contain_text(["小兰"])
    await page.keyboard.press("Enter")

    await expect(page.locator("#comment-body")).to_have_value("去问 @xiaolan ")
    await expect(page.locator(".names")).to_have_count(0)


async def test_a_refused_like_is_taken_back_and_said(opens, cast):
    post_id = (await cast.owner.posts()).post_id
    page = await opens(HOME, cast.xiaolan)
    await is_live(page)
    await page.route("**/like", lambda route: route.abort())

    heart = page.locator(f"#post-{post_id} a[data-like]")
    await heart.click()

    await expect(heart).to_have_attribute("aria-pressed", "false")
    await expect(page.locator("#say")).to_contain_text("连不上")


async def test_a_post_with_its_topic_appears_on_the_topics_page_and_others_do_not(opens, cast):
    await cast.owner.posts("旧的 #夜跑#")
    page = await opens(f"{HOME}/topics/夜跑", cast.xiaolan)
    await is_live(page)

    await cast.owner.posts("别的 #晨跑#")
    await cast.owner.posts("新的 #夜跑#")

    await expect(page.locator("#feed .post")).to_have_count(2, timeout=SOON)
    await expect(page.locator("#feed")).not_to_contain_text("晨跑")
