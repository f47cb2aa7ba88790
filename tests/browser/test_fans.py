"""A partner builds a segment and tags fans; 小兰 checks in. With scripts and without."""

import pytest
from playwright.async_api import expect

from quanzi.db.engine import rows
from quanzi.fans import segments
from tests.fans.crowd import follows, tag
from tests.people import CIRCLE

DESK = f"/c/{CIRCLE}/manage/fans"


@pytest.fixture
async def fans(cast):
    await follows(cast.xiaolan)
    await follows(cast.aqiang, days=40)
    await rows("update circle set check_ins = true where id = $1", cast.circle_id)
    return cast


async def test_the_figure_follows_the_form_while_it_is_filled_in(opens, fans, editor):
    desk = await opens(f"{DESK}/segments/new", editor)
    await desk.fill("[name=joined_least]", "1")
    await expect(desk.locator("#count")).to_contain_text("1 位粉丝")
    await desk.fill("[name=joined_least]", "")
    await expect(desk.locator("#count")).to_contain_text("2 位粉丝")
    await desk.fill("[name=joined_least]", "x")
    await expect(desk.locator("#count")).to_contain_text("看不懂")

    await desk.fill("[name=joined_least]", "30")
    await desk.fill("[name=name]", "老粉")
    await desk.click("button:text-is('保存')")
    await expect(desk.locator(".rows")).to_contain_text("关注至少 30 天")
    await desk.click("text=看看有谁")
    await expect(desk.locator(".fans")).to_contain_text("@aqiang")
    await expect(desk.locator(".fans")).not_to_contain_text("@xiaolan")


async def test_without_scripts_a_filter_becomes_a_segment(opens, fans, editor):
    desk = await opens(DESK, editor, java_script_enabled=False)
    await desk.click("summary")
    await desk.fill("[name=joined_most]", "30")
    await desk.click("button:text-is('筛选')")
    await expect(desk.locator(".fans")).to_contain_text("@xiaolan")
    await expect(desk.locator(".fans")).not_to_contain_text("@aqiang")

    await desk.click("summary")
    await desk.click("text=存成分群")
    await expect(desk.locator("[name=joined_most]")).to_have_value("30")
    await desk.fill("[name=name]", "新粉")
    await desk.click("text=数一数有多少人")
    await expect(desk.locator("#count")).to_contain_text("1 位粉丝")
    await desk.click("button:text-is('保存')")
    await expect(desk.locator(".rows")).to_contain_text("新粉")
    assert [each.name for each in await segments.listed(fans.circle_id)] == ["新粉"]


async def test_without_scripts_those_who_are_chosen_get_a_tag(opens, fans, editor, xiaolan):
    await tag(fans.circle_id, "送过赠品")
    desk = await opens(DESK, editor, java_script_enabled=False)
    await desk.check(f"[name=fan_{xiaolan.member_id}]")
    await desk.click("text=打上标签")
    await expect(desk.locator(".fans__one:has-text('@xiaolan') .tag")).to_have_text("送过赠品")
    await expect(desk.locator(".fans__one:has-text('@aqiang') .tag")).to_have_count(0)

    await desk.click(".fans__who a:text-is('小兰')")
    await desk.click("button:text-is('去掉')")
    await expect(desk.locator("button:text-is('打上')")).to_be_visible()


async def test_a_press_checks_in_where_one_is(opens, fans, xiaolan):
    hers = await opens(f"/c/{CIRCLE}", xiaolan)
    await hers.click("#check-in >> text=签到")
    await expect(hers.locator("#check-in")).to_contain_text("连续 1 天")
    await hers.reload()
    await expect(hers.locator(".check-in")).to_contain_text("今天已签到")


async def test_without_scripts_a_double_press_is_one_day(opens, fans, xiaolan):
    hers = await opens(f"/c/{CIRCLE}", xiaolan, java_script_enabled=False)
    again = await opens(f"/c/{CIRCLE}", xiaolan, java_script_enabled=False)
    for page in (hers, again):
        await page.click("#check-in button")
        await expect(page.locator(".standing")).to_contain_text("1 天")
    assert len(await rows("select 1 from check_in")) == 1
