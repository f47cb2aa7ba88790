"""The calendar in a browser: by drag, by keyboard, and what is refused with its way out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from quanzi.circles import pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.curation import pinning
from quanzi.db.engine import rows
from tests.people import CIRCLE
from tests.posts.test_planning import keeps, plans

PLAN = f"/c/{CIRCLE}/manage/plan"
ZONE = ZoneInfo("Asia/Shanghai")


def noon() -> datetime:
    """In the middle of a week of the coming month, so that there is room around it."""
    day = (datetime.now(ZONE) + timedelta(days=28)).replace(day=15, hour=12, minute=30, second=0)
    return (day - timedelta(days=day.weekday() - 2)).replace(microsecond=0)


def cell(page: Page, moment: datetime, *, hour: bool = False):
    return page.locator(f'[data-drop="{moment.strftime("%Y-%m-%dT%H" if hour else "%Y-%m-%d")}"]')


async def stands_at(post_id: int) -> datetime:
    [line] = await rows("select publish_at from post where id = $1", post_id)
    return line["publish_at"].astimezone(ZONE)


@pytest.fixture
async def post_id(editor) -> int:
    return await plans(editor, noon().astimezone(UTC), body="拖一拖")


def calendar(view: str) -> str:
    return f"{PLAN}?view={view}&on={noon():%Y-%m-%d}"


async def test_a_post_is_dragged_to_another_day_and_keeps_its_time(opens, editor, post_id):
    page = await opens(calendar("month"), editor)
    to = noon() + timedelta(days=2)
    await page.get_by_text("拖一拖").drag_to(cell(page, to))
    await expect(cell(page, to)).to_contain_text("拖一拖")
    assert await stands_at(post_id) == to


@pytest.mark.parametrize("width", [1280, 390])
async def test_who_comes_from_the_desk_sees_today_at_once(opens, editor, width):
    page = await opens(f"/c/{CIRCLE}/manage", editor)
    await page.set_viewport_size({"width": width, "height": 600})
    await page.locator(f'a[href^="{PLAN}#"]').click()
    await expect(page.locator("#today")).to_be_in_viewport()
    await expect(page.locator("#today")).to_contain_text(str(datetime.now(ZONE).day))


async def test_this_hour_of_the_week_is_in_view(opens, editor):
    page = await opens(f"{PLAN}?view=week&on=2030-01-01", editor)
    await page.get_by_role("link", name="今天").click()
    await expect(page.locator("#today")).to_be_in_viewport()
    hour = await page.locator("#today").get_attribute("data-drop")
    assert timedelta() <= datetime.now(ZONE).replace(tzinfo=None) - datetime.fromisoformat(hour) < timedelta(minutes=65)  # fmt: skip


async def test_a_post_is_dragged_to_another_hour(opens, editor, post_id):
    page = await opens(calendar("week"), editor)
    to = noon() + timedelta(days=1, hours=-2)
    await page.get_by_text("拖一拖").drag_to(cell(page, to, hour=True))
    await expect(cell(page, to, hour=True)).to_contain_text("拖一拖")
    assert await stands_at(post_id) == to


async def test_a_draft_is_dragged_onto_the_calendar(opens, editor):
    draft = await keeps(editor, "等一个日子")
    page = await opens(calendar("month"), editor)
    await page.locator(".plan-drafts").get_by_text("等一个日子").drag_to(cell(page, noon()))
    await expect(cell(page, noon())).to_contain_text("等一个日子")
    assert await stands_at(draft) == noon().replace(hour=9, minute=0)


async def test_a_post_is_carried_by_keyboard_and_said_aloud(opens, editor, post_id):
    page = await opens(calendar("month"), editor)
    item = page.locator(f'[data-id="{post_id}"]')
    await item.focus()
    for key in ("Space", "ArrowRight", "ArrowDown"):
        await page.keyboard.press(key)
    to = noon() + timedelta(days=8)
    await expect(page.locator("#say")).to_have_text(f"{to:%Y-%m-%d}")
    await page.keyboard.press("Enter")
    await expect(cell(page, to)).to_contain_text("拖一拖")
    await expect(page.locator(f'[data-id="{post_id}"]')).to_be_focused()
    assert await stands_at(post_id) == to


async def test_escape_leaves_it_where_it_was(opens, editor, post_id):
    page = await opens(calendar("month"), editor)
    await page.locator(f'[data-id="{post_id}"]').focus()
    for key in ("Space", "ArrowRight", "Escape", "ArrowRight"):
        await page.keyboard.press(key)
    await expect(page.locator(".drop--here")).to_have_count(0)
    assert await stands_at(post_id) == noon()


async def test_what_may_not_stand_there_is_refused_with_a_way_out(opens, editor, owner, post_id):
    rule = Rule(quiet_from=9 * 60, quiet_to=11 * 60)
    await pacing.set_pace(await owner.place(), Pace({"editor": rule}), "Asia/Shanghai")
    page = await opens(calendar("week"), editor)
    to = noon().replace(hour=9)
    await page.get_by_text("拖一拖").drag_to(cell(page, to, hour=True))
    await expect(page.locator("#menu")).to_contain_text("静默时段")
    await page.locator("#menu form button").click()
    await expect(cell(page, noon().replace(hour=11), hour=True)).to_contain_text("拖一拖")
    assert await stands_at(post_id) == noon().replace(hour=11, minute=0)


async def test_a_press_opens_its_times_without_leaving_the_calendar(opens, editor, post_id):
    page = await opens(calendar("month"), editor)
    await page.get_by_text("拖一拖").click()
    await expect(page.locator("#menu [name=publish_at]").first).to_be_visible()
    await page.locator("#menu").get_by_text("转为草稿").click()
    await expect(page.locator(".plan-drafts")).to_contain_text("拖一拖")


async def test_pins_are_put_in_order_by_keyboard(opens, editor):
    for n in (1, 2):
        written = await editor.posts(f"第 {n} 篇")
        await pinning.pin(await editor.place(), written.post_id)
    page = await opens(f"/c/{CIRCLE}/manage/pins", editor)
    await page.locator("[data-moved]").first.focus()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(page.locator("[data-moved]").first).to_contain_text("第 2 篇")
    found = await rows("select slot from pin order by slot, post_id desc")
    assert [line["slot"] for line in found] == [1, 2]
    await expect(page.locator("[data-moved] .pin-order__slot").first).to_have_text("1")


async def test_it_all_works_without_scripts(opens, editor, post_id):
    page = await opens(calendar("list"), editor, java_script_enabled=False)
    await page.get_by_text("拖一拖").click()
    await page.locator("[name=publish_at]").first.fill(
        f"{noon() + timedelta(days=3):%Y-%m-%dT%H:%M}"
    )
    await page.get_by_text("保存时间").click()
    assert await stands_at(post_id) == noon() + timedelta(days=3)
