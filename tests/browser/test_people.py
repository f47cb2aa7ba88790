"""People's pages in a real browser, with and without scripts."""

from playwright.async_api import expect

from quanzi.circles import following as circles
from quanzi.db.engine import rows


async def meet(*people) -> None:
    for person in people:
        await circles.follow(await person.place())


async def test_she_follows_one_and_waves_another_off_without_leaving_the_page(
    opens, cast, xiaolan, aqiang, maimai
):
    await meet(xiaolan, aqiang, maimai)
    page = await opens("/people", xiaolan)
    await page.evaluate("window.stayed = true")

    await page.click("#follow-aqiang button")
    await expect(page.locator("#follow-aqiang")).to_contain_text("已关注")
    await page.click("#kindred-maimai-owner >> text=不感兴趣")
    await expect(page.locator("#kindred-maimai-owner")).to_have_count(0)

    assert await page.evaluate("window.stayed")
    await page.reload()
    await expect(page.locator(".kindred")).to_have_count(0)


async def test_without_scripts_she_does_the_same(opens, cast, xiaolan, aqiang, maimai):
    await meet(xiaolan, aqiang, maimai)
    page = await opens("/people", xiaolan, java_script_enabled=False)

    await page.click("#follow-aqiang button")
    await expect(page.locator("#kindred-aqiang")).to_have_count(0)
    await page.click("#kindred-maimai-owner >> text=不感兴趣")
    await expect(page.locator(".kindred")).to_have_count(0)

    await page.goto(page.url.replace("/people", "/m/aqiang"))
    await page.click("#follow-aqiang button")
    await expect(page.locator("#follow-aqiang")).to_contain_text("关注")
    assert await rows("select 1 from member_follow") == []


async def test_a_like_is_pressed_on_her_page_as_anywhere(opens, cast, xiaolan, aqiang):
    await aqiang.posts("喜欢我吧")
    page = await opens("/m/aqiang", xiaolan)

    # Red at once; who comes back that fast could overtake their own press.
    async with page.expect_response("**/like"):
        await page.click(".act--like")
        await expect(page.locator(".act--like")).to_have_attribute("aria-pressed", "true")
    await page.reload()
    await expect(page.locator(".act--like")).to_have_attribute("aria-pressed", "true")


async def test_her_data_comes_while_she_watches(opens, cast, xiaolan, tmp_path):
    await xiaolan.posts("带走我")
    page = await opens("/me/data", xiaolan, accept_downloads=True)
    await page.click("text=准备我的数据")

    link = page.locator("#exports a.button")
    await expect(link).to_be_visible(timeout=20_000)
    async with page.expect_download() as coming:
        await link.click()
    assert (await coming.value).suggested_filename.startswith("quanzi-xiaolan-")


async def test_she_leaves_and_comes_back_without_scripts(opens, cast, xiaolan):
    from tests.people import PASSWORD

    page = await opens("/me/data/erase", xiaolan, java_script_enabled=False)
    await page.fill("[name=password]", PASSWORD)
    await page.click("main form button")
    await expect(page.locator("h1")).to_contain_text("再见")

    await page.goto(cast.url + "/signin?next=/m/xiaolan")
    await page.fill("[name=handle]", "xiaolan")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button")
    await page.click("text=留下账号并登录")
    await expect(page.locator(".profile__name")).to_contain_text("小兰")
