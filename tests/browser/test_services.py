"""A partner puts up a service with a form; 小兰 asks for it; it is answered. With scripts and without."""

import asyncio
import re

from playwright.async_api import expect

from quanzi.circles import following
from quanzi.offering import showing
from tests.browser.pages import equals_a_fresh_load, is_live
from tests.offering.shop import PHONE, WISH, asks, changes, found, offers
from tests.people import CIRCLE
from tests.web.pictures import a_jpeg

HERE = f"/c/{CIRCLE}/services"
DESK = f"/c/{CIRCLE}/manage/services"


async def test_without_scripts_from_the_draft_to_the_answer(opens, editor, xiaolan):
    desk = await opens(f"/c/{CIRCLE}/manage", editor, java_script_enabled=False)
    await desk.click(".drawer >> text=服务和预约")
    await desk.click("text=新建服务")
    await desk.fill("[name=title]", "夜跑陪跑")
    await desk.fill("[name=price]", "¥99/次")
    await desk.set_input_files(
        "[name=picture]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_jpeg()}
    )
    await desk.click("button:text-is('存成草稿')")

    # The form: a phone number and a choice, which is then moved up.
    await desk.click("button:has-text('+ 电话')")
    await desk.fill("[name=q0_label]", "电话")
    await desk.click("button:has-text('+ 选择')")
    await expect(desk.locator("[name=q0_label]")).to_have_value("电话")
    await desk.fill("[name=q1_label]", "距离")
    await desk.click("text=保存表单")
    await expect(desk.locator("#error-q1_choices")).to_be_visible()
    await desk.fill("[name=q1_choices]", "5 公里\n10 公里")
    await desk.click("[aria-label='第 2 项往前移']")
    await expect(desk.locator("[name=q0_label]")).to_have_value("距离")
    await desk.click("text=保存表单")
    await desk.click("button:text-is('展示')")
    await expect(desk.locator(".shelf")).to_contain_text("展示中")

    hers = await opens(f"/c/{CIRCLE}", xiaolan, java_script_enabled=False)
    await expect(hers.locator("#offers")).to_contain_text("合作伙伴服务 · 悦跑圈")
    await hers.click(".tabs >> text=服务")
    await expect(hers.locator(".service__picture")).to_be_visible()
    await hers.click("text=去预约")
    await hers.click(".pick:has-text('10 公里')")
    await hers.fill("[type=tel]", "x")
    await hers.click("text=提交预约")
    await expect(hers.locator(".field__error")).to_contain_text("请填写电话号码")
    await expect(hers.locator("[type=tel]")).to_have_value("x")
    await hers.fill("[type=tel]", "138 0000 0000")
    await hers.click("text=提交预约")
    await expect(hers.locator("[role=status].note")).to_contain_text("已经提交")
    assert "138" not in hers.url

    await desk.goto(desk.url.split("/c/")[0] + f"{DESK}/requests?state=new")
    await expect(desk.locator("main .rows__row")).to_contain_text("138 0000 0000")
    await desk.click("main .rows__row >> text=查看")
    await desk.fill("[name=note]", "周五见")
    await desk.click("button:text-is('接受')")
    await hers.reload()
    await expect(hers.locator(".answers__note")).to_contain_text("周五见")
    await expect(hers.locator("text=撤回预约")).to_have_count(0)


async def carries(page, row, onto, words: str) -> None:
    """Slowly, as by hand, until the row stands there."""
    start, end = await row.bounding_box(), await onto.bounding_box()
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    for step in range(8):
        await page.mouse.move(end["x"] + 20 + step, end["y"] + 12 - step)
        await asyncio.sleep(0.1)
    await expect(onto).to_contain_text(words)


async def drags(page, row, onto, words: str) -> None:
    await carries(page, row, onto, words)
    await page.mouse.up()


async def test_she_takes_it_back_before_anybody_has_answered(opens, editor, xiaolan):
    request_id = await asks(xiaolan, await offers(editor, "陪跑", PHONE))
    page = await opens(f"/me/requests/{request_id}", xiaolan)

    await page.click("text=撤回预约")

    await expect(page.locator(".rows")).to_contain_text("已撤回")


async def test_the_page_of_services_follows_what_changes(opens, editor, xiaolan, aqiang):
    await following.follow(await xiaolan.place())
    service_id = await offers(editor, "陪跑")
    hers, his = await opens(HERE, xiaolan), await opens(HERE, aqiang)
    visitors = await opens(HERE)
    for page in (hers, his, visitors):
        await is_live(page)

    await changes(editor, service_id, title="陪跑，涨价了", price="¥199")
    await offers(editor, "给粉丝的", segment="followers")

    await expect(hers.locator("#services")).to_contain_text("给粉丝的", timeout=8_000)
    for page in (hers, his, visitors):
        await expect(page.locator("#services")).to_contain_text("陪跑，涨价了", timeout=8_000)
        await equals_a_fresh_load(page)
    for page in (his, visitors):
        await expect(page.locator("#services")).not_to_contain_text("给粉丝的")

    await showing.end(await editor.place(), service_id)
    await expect(his.locator("#services")).to_contain_text("现在没有可以预约的服务", timeout=8_000)


async def test_a_service_is_dragged_to_another_place(opens, editor):
    for name in ("一", "二", "三"):
        await offers(editor, name)
    page = await opens(DESK, editor)
    rows = page.locator(".shelf__row")

    # The page loads itself anew when the site has been told.
    async with page.expect_navigation():
        await drags(page, rows.nth(2), rows.nth(0), "三")

    await expect(rows.nth(0).locator(".rows__title")).to_contain_text("三")
    await expect(rows.nth(2).locator(".rows__title")).to_contain_text("二")


async def test_escape_puts_a_dragged_service_back_and_tells_the_site_nothing(opens, editor):
    for name in ("一", "二", "三"):
        await offers(editor, name)
    page = await opens(DESK, editor)
    rows = page.locator(".shelf__row")
    asked = []
    page.on("request", lambda request: asked.append(request.method))

    await carries(page, rows.nth(2), rows.nth(0), "三")
    await page.keyboard.press("Escape")

    await expect(rows.nth(2)).to_contain_text("三")
    await page.mouse.up()
    await page.reload()
    await expect(rows.nth(2)).to_contain_text("三")
    assert "POST" not in asked


async def test_a_question_is_dragged_and_kept_where_it_was_put(opens, editor):
    service_id = await offers(editor, "陪跑", PHONE, WISH)
    page = await opens(f"{DESK}/{service_id}/form", editor)
    rows = page.locator("[data-question]")

    await drags(page, rows.nth(1).locator(".tag"), rows.nth(0), "一段文字")
    await page.click("text=保存表单")

    await expect(page).to_have_url(re.compile(f"{DESK}$"))
    assert [each.label for each in (await found(editor, service_id)).questions] == [
        "想说的",
        "电话",
    ]


async def test_the_buttons_of_a_dragged_question_are_its_own(opens, editor):
    service_id = await offers(editor, "陪跑", PHONE, WISH)
    page = await opens(f"{DESK}/{service_id}/form", editor)
    rows = page.locator("[data-question]")

    await drags(page, rows.nth(1).locator(".tag"), rows.nth(0), "一段文字")
    await expect(rows.nth(0).locator("[data-up]")).to_be_disabled()
    await expect(rows.nth(0).locator("[data-down]")).to_be_enabled()
    await expect(rows.nth(1).locator("[data-down]")).to_be_disabled()
    await rows.nth(0).locator("button:text-is('×')").click()

    await expect(rows).to_have_count(1)
    await expect(page.locator("[name=q0_label]")).to_have_value("电话")


async def test_only_what_is_needed_is_asked_of_who_makes_one(opens, editor):
    page = await opens(f"{DESK}/new", editor)
    await expect(page.locator("[name=link]")).to_be_hidden()
    await expect(page.locator("[name=least]")).to_be_hidden()

    await page.click(".offer:has-text('外部链接')")
    await page.click("text=信用分达到一定分数的人")

    await expect(page.locator("[name=link]")).to_be_visible()
    await expect(page.locator("[name=kept_days]")).to_be_hidden()
    await expect(page.locator("[name=least]")).to_be_visible()


async def test_what_leads_out_says_so_and_tells_the_other_site_nothing(opens, editor):
    await offers(editor, "寄养", link="https://shop.example.com/a")
    page = await opens(HERE)
    link = page.locator("#services .service__way")

    assert await link.get_attribute("rel") == "noopener nofollow ugc"
    await expect(link).to_contain_text("离开本站")


async def test_on_a_phone_nothing_sticks_out(opens, editor, xiaolan):
    service_id = await offers(
        editor, "一项名字特别长特别长特别长的服务", PHONE, WISH, body="长" * 300
    )
    await asks(xiaolan, service_id)
    phone = {"viewport": {"width": 390, "height": 800}}
    for person, path in (
        (xiaolan, HERE), (xiaolan, f"{HERE}/{service_id}"), (xiaolan, f"/c/{CIRCLE}"),
        (xiaolan, "/me/requests"), (editor, DESK), (editor, f"{DESK}/{service_id}/form"),
        (editor, f"{DESK}/requests"), (editor, f"{DESK}/{service_id}"),
    ):  # fmt: skip
        page = await opens(path, person, **phone)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390, path
