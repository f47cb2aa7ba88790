"""Notices stand on the calendar beside posts and pins, and are moved like them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from quanzi import clock
from quanzi.circles import pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.errors import Conflict, NotAllowed
from quanzi.planning import board, mending
from quanzi.reaching import reading, sending
from tests.people import CIRCLE
from tests.reaching.crowd import planned, sent, written

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
async def resting(site, database):
    await site.tickers_rest()
    yield
    await site.tickers_work()


async def items(person):
    found = await board.of_circle(await person.place(), "list", "")
    shown = [item for day in found.by_day.values() for item in day] + found.drafts
    return [item for item in shown if item.kind == "notice"]


async def test_one_that_waits_one_that_went_and_a_draft_are_all_there(editor):
    waits = await written(editor, "周末约跑")
    await planned(editor, waits, clock.now() + timedelta(days=3))
    went = await written(editor, "今晚集合")
    await sent(editor, went)
    draft = await written(editor, "还没想好")
    await planned(editor, await written(editor, "欢迎", occasion="joined"))

    found = {item.id: (item.state, item.moves) for item in await items(editor)}
    assert found == {waits: ("planned", True), went: ("sent", False), draft: ("draft", True)}
    page = await editor.sees(f"/c/{CIRCLE}/manage/plan?view=list")
    assert f'href="/c/{CIRCLE}/manage/notices/{waits}"' in page.text


async def test_dragged_to_another_day_it_goes_then(editor):
    notice_id = await written(editor)
    await planned(editor, notice_id, clock.now() + timedelta(days=3))
    to = (clock.now().astimezone(ZONE) + timedelta(days=9)).replace(second=0, microsecond=0)
    await editor.sends(
        f"/c/{CIRCLE}/manage/plan/move",
        what="notice",
        id=str(notice_id),
        to=f"{to:%Y-%m-%dT%H:%M}",
    )

    found = await reading.one(await editor.place(), notice_id)
    assert (found.state, found.send_at) == ("planned", to)


async def test_a_draft_put_on_a_day_is_planned(editor):
    notice_id = await written(editor)
    at = clock.now() + timedelta(days=3)
    await mending.move(await editor.place(), "notice", notice_id, at)

    assert (await reading.one(await editor.place(), notice_id)).state == "planned"


async def test_what_has_gone_out_cannot_be_moved_and_a_stranger_moves_nothing(editor, xiaolan):
    went, waits = await written(editor), await written(editor)
    await sent(editor, went)
    await planned(editor, waits, clock.now() + timedelta(days=1))
    at = clock.now() + timedelta(days=3)
    with pytest.raises(Conflict):
        await mending.move(await editor.place(), "notice", went, at)
    with pytest.raises(NotAllowed):
        await mending.move(await xiaolan.place(), "notice", waits, at)


async def test_where_it_would_be_over_the_quota_it_cannot_stand_and_the_page_says_so(editor):
    for days in (0, 1):
        await planned(editor, await written(editor), clock.now() + timedelta(days=10 + days))
    late = await written(editor)
    await planned(editor, late, clock.now() + timedelta(days=30))
    to = clock.now().astimezone(ZONE) + timedelta(days=10, hours=3)
    answer = await editor.sends(
        f"/c/{CIRCLE}/manage/plan/move",
        what="notice",
        id=str(late),
        to=f"{to:%Y-%m-%dT%H:%M}",
    )

    assert answer.status_code == 422
    assert f"最多发 {sending.QUOTA} 条通知" in answer.text


async def test_new_quiet_hours_over_it_are_seen_and_mended_by_one_press(editor, owner):
    at = (clock.now().astimezone(ZONE) + timedelta(days=3)).replace(hour=22, minute=30)
    notice_id = await written(editor)
    await planned(editor, notice_id, at)
    quiet = Pace({"editor": Rule(quiet_from=22 * 60, quiet_to=7 * 60)})
    await pacing.set_pace(await owner.place(), quiet, "Asia/Shanghai")
    place = await editor.place()
    [found] = await mending.standing([place])
    assert (found.what, found.item.id, found.mends) == ("quiet", notice_id, True)
    await mending.mend(place, "notice", notice_id)

    moved = (await reading.one(place, notice_id)).send_at
    assert moved is not None
    assert f"{moved.astimezone(ZONE):%H:%M}" == "07:00"
    assert await mending.standing([place]) == []
