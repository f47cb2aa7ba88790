"""Two people: what one does rings the other's bell, on whatever page it stands."""

from playwright.async_api import expect

from quanzi.activity.concerning import concern
from quanzi.db.transaction import transaction
from tests.browser.pages import is_live
from tests.people import CIRCLE

BELL = '[data-count="notices"]'


async def test_her_bell_rises_without_reload_wherever_she_is(opens, cast, xiaolan, aqiang):
    post = await xiaolan.posts()
    pages = [
        await opens(path, xiaolan)
        for path in (f"/c/{CIRCLE}", "/", "/me/notices", f"/c/{CIRCLE}/p/{post.post_id}")
    ]
    for page in pages:
        await is_live(page)
        await expect(page.locator(BELL)).to_be_hidden()
    his = await opens(f"/c/{CIRCLE}", aqiang)
    await is_live(his)
    await his.locator(f"#post-{post.post_id} [data-like]").click()

    for page in pages:
        await expect(page.locator(BELL)).to_have_text("1", timeout=3_000)
    await expect(his.locator(BELL)).to_be_hidden()


async def test_opening_the_tray_stills_the_bell_and_a_press_reads_a_notice(
    opens, cast, xiaolan, aqiang
):
    post = await xiaolan.posts("周末去白云山")
    circle = await opens(f"/c/{CIRCLE}", xiaolan)
    await is_live(circle)
    await aqiang.says(post.post_id, "带我一个！")
    await expect(circle.locator(BELL)).to_have_text("1", timeout=3_000)
    await circle.locator("#bell").click()
    await expect(circle.locator(".notice--unread")).to_have_count(1)
    await expect(circle.locator(BELL)).to_be_hidden(timeout=5_000)
    await circle.locator(".notice__link").click()
    await expect(circle.locator(".comment:target")).to_contain_text("带我一个！")
    await circle.goto(f"{cast.url}/me/notices")

    await expect(circle.locator(".notice")).to_have_count(1)
    await expect(circle.locator(".notice--unread")).to_have_count(0)


async def test_on_the_open_tray_a_button_says_that_something_is_new(opens, cast, xiaolan, aqiang):
    tray = await opens("/me/notices", xiaolan)
    await is_live(tray)
    await expect(tray.locator("#new-notices")).to_be_hidden()
    async with transaction():
        await concern(xiaolan.member_id, "follow", actor_id=aqiang.member_id)
    await tray.locator("#new-notices").click()

    await expect(tray.locator(".notice")).to_contain_text("阿强 关注了你")


async def test_without_scripts_the_tray_has_buttons(opens, cast, xiaolan, aqiang):
    async with transaction():
        await concern(xiaolan.member_id, "follow", actor_id=aqiang.member_id)
    page = await opens("/me/notices", xiaolan, java_script_enabled=False)
    for _ in range(20):
        if await page.locator(".notice--unread").count():
            break
        await page.wait_for_timeout(200)
        await page.reload()
    await expect(page.locator(BELL)).to_have_text("1")
    await page.get_by_role("button", name="知道了").click()
    await expect(page.locator(BELL)).to_be_hidden()
    await expect(page.locator(".notice--unread")).to_have_count(1)
    await page.get_by_role("button", name="标为已读", exact=True).click()

    await expect(page.locator(".notice--unread")).to_have_count(0)


async def test_settings_work_as_plain_forms(opens, cast, xiaolan):
    page = await opens("/me/settings", xiaolan, java_script_enabled=False)
    await page.get_by_label("昵称").fill("兰兰")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("status").first).to_have_text("已保存。")
    await page.get_by_role("link", name="账号与安全").click()
    await page.get_by_label("邮箱").fill("xiaolan@example.org")
    await page.get_by_role("button", name="发送确认邮件").click()

    await expect(page.locator(".note--warn")).to_contain_text("xiaolan@example.org")
