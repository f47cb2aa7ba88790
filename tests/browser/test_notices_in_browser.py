"""Notices in a browser: written, tried, sent, heard by a bell, and carried about the calendar."""

from datetime import timedelta

from playwright.async_api import expect

from quanzi import clock
from quanzi.circles import pacing
from quanzi.circles.pace import Pace
from quanzi.reaching import reading
from tests.browser.test_calendar import PLAN, ZONE, calendar, cell, noon
from tests.fans.crowd import follows
from tests.people import CIRCLE
from tests.reaching.crowd import planned, written

DESK = f"/c/{CIRCLE}/manage/notices"


async def test_a_merchant_writes_one_tries_it_and_a_followers_bell_rings(opens, editor, xiaolan):
    await follows(xiaolan)
    reader = await opens(f"/c/{CIRCLE}", xiaolan)
    desk = await opens(f"{DESK}/new", editor)
    await desk.fill("[name=title]", "周末约跑")
    await desk.fill("[name=body]", "周六七点，海心沙集合。")
    await desk.click("button:text-is('存为草稿')")
    await expect(desk.locator(".notice-page")).to_contain_text("海心沙集合")
    await desk.click("button:text-is('先发给自己看看')")
    await expect(desk.locator("main [role=status]")).to_contain_text("请看铃铛")
    await desk.click("button:text-is('发送')")
    await expect(reader.locator("[data-count=notices]").first).to_have_text("1")
    news = await opens("/me/notices", xiaolan)
    await news.click("text=你关注的圈子发来通知")
    await expect(news.locator(".notice-page")).to_contain_text("海心沙集合")
    await desk.reload()
    await expect(desk.locator("body")).to_contain_text("发给 1 人")


async def test_without_scripts_a_greeting_is_put_to_use_and_who_joins_gets_it(
    opens, editor, xiaolan
):
    desk = await opens(f"{DESK}/new", editor, java_script_enabled=False)
    await desk.fill("[name=title]", "欢迎")
    await desk.fill("[name=body]", "先看看置顶的路线。")
    await desk.check("[name=occasion][value=joined]")
    await desk.click("button:text-is('存为草稿')")
    await desk.click("button:text-is('开始用')")
    await expect(desk.locator("main [role=status]")).to_contain_text("有人加入时自动发")

    her = await opens(f"/c/{CIRCLE}", xiaolan)
    await her.locator("button:has-text('关注')").first.click()
    await expect(her.locator("[data-count=notices]").first).to_have_text("1")


async def test_days_that_make_no_sense_are_said_beside_the_field_and_nothing_is_lost(opens, editor):
    desk = await opens(f"{DESK}/new", editor)
    await desk.fill("[name=title]", "好久不见")
    await desk.fill("[name=body]", "回来看看？")
    await desk.check("[name=occasion][value=silent]")
    await desk.fill("[name=silent_days]", "3")
    await desk.click("button:text-is('存为草稿')")
    await expect(desk.locator(".field__error")).to_contain_text("14 到 365")
    await expect(desk.locator("[name=body]")).to_have_value("回来看看？")
    await expect(desk.locator("[name=occasion][value=silent]")).to_be_checked()


async def test_a_notice_is_dragged_and_carried_by_keyboard(opens, editor):
    notice_id = await written(editor, "周末约跑")
    await planned(editor, notice_id, noon())
    page = await opens(calendar("month"), editor)
    to = noon() + timedelta(days=2)
    await page.get_by_text("周末约跑").drag_to(cell(page, to))
    await expect(cell(page, to)).to_contain_text("周末约跑")
    await page.locator(f'[data-key^="notice-"][data-id="{notice_id}"]').focus()
    for key in ("Space", "ArrowLeft", "Enter"):
        await page.keyboard.press(key)
    await expect(cell(page, to - timedelta(days=1))).to_contain_text("周末约跑")

    found = (await reading.one(await editor.place(), notice_id)).send_at
    assert found is not None
    assert found.astimezone(ZONE) == to - timedelta(days=1)


async def test_an_owner_says_yes_to_an_editors(opens, editor, owner):
    await pacing.set_pace(await owner.place(), Pace({}, approval=True), "Asia/Shanghai")
    notice_id = await written(editor, "周末约跑")
    await planned(editor, notice_id, clock.now() + timedelta(days=2))
    page = await opens(f"{PLAN}?view=list", owner)
    await page.locator(".plan-list").get_by_text("周末约跑").click()
    await page.click("button:text-is('批准')")
    await expect(page.locator("main [role=status]")).not_to_contain_text("批准")
    assert (await reading.one(await owner.place(), notice_id)).state == "planned"
