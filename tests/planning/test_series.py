"""What comes again: each day once, whatever happens meanwhile."""

import asyncio
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quanzi.circles import pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.db.engine import rows
from quanzi.errors import Invalid, NotAllowed, NotFound
from quanzi.planning import making, series
from quanzi.planning.repeating import Rhythm
from quanzi.planning.series import Wanted
from quanzi.posts import due, removing, replanning, writing
from tests.people import OTHER_CIRCLE

ZONE = "Asia/Shanghai"


def today() -> date:
    return datetime.now(ZoneInfo(ZONE)).date()


def daily(body: str = "早安跑，七点海心沙集合", minute: int = 420, **more) -> Wanted:
    return Wanted(body, (), Rhythm("day", minute, today(), **more.pop("rhythm", {})), **more)


async def planned(cast) -> list[tuple[date, datetime]]:
    found = await rows(
        """select n.on_day, p.publish_at from plan n join post p on p.id = n.post_id
           where n.circle_id = $1 and p.state = 'scheduled' order by n.on_day""",
        cast.circle_id,
    )
    return [tuple(line) for line in found]


async def test_five_weeks_are_planned_each_day_once_however_many_look(cast, editor):
    await series.start(await editor.place(), daily())
    await asyncio.gather(*(making.make_due() for _ in range(4)))
    await making.make_due()

    days = [day for day, _ in await planned(cast)]
    assert len(days) == len(set(days))
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert len(days) in {35, 36}
    assert {at.astimezone(ZoneInfo(ZONE)).strftime("%H:%M") for _, at in await planned(cast)} == {
        "07:00"
    }


async def test_killed_in_the_middle_it_has_planned_nothing_and_then_everything(
    cast, editor, monkeypatch
):
    await series.start(await editor.place(), daily())
    publish, calls = writing.publish, 0

    async def dies(*given, **more):
        nonlocal calls
        calls += 1
        if calls == 9:
            raise RuntimeError("killed")
        return await publish(*given, **more)

    monkeypatch.setattr(writing, "publish", dies)
    with pytest.raises(RuntimeError):
        await making.make_due()
    assert await planned(cast) == []
    await making.make_due()
    days = [day for day, _ in await planned(cast)]
    assert len(days) == len(set(days)) >= 35


async def test_a_day_that_was_left_out_stays_out(cast, editor):
    place = await editor.place()
    await series.start(place, daily())
    await making.make_due()
    [line] = await rows("select post_id, on_day from plan order by on_day limit 1 offset 3")
    await removing.remove(place, line["post_id"])
    await rows("update plan_series set made_until = null")
    await making.make_due()
    assert line["on_day"] not in [day for day, _ in await planned(cast)]


async def test_a_day_that_was_moved_is_not_planned_again(cast, editor):
    place = await editor.place()
    await series.start(place, daily())
    await making.make_due()
    before = await planned(cast)
    [line] = await rows("select post_id from plan order by on_day limit 1 offset 3")
    await replanning.move(place, line["post_id"], before[3][1] + timedelta(hours=2))
    await rows("update plan_series set made_until = null")
    await making.make_due()
    assert len(await planned(cast)) == len(before)


async def test_what_breaks_a_rule_is_planned_all_the_same_and_shown(cast, editor, owner):
    await pacing.set_pace(
        await owner.place(), Pace({"editor": Rule(quiet_from=360, quiet_to=480)}), ZONE
    )
    await series.start(await editor.place(), daily())
    await making.make_due()
    assert len(await planned(cast)) >= 35


async def test_an_end_takes_back_what_nobody_has_seen(cast, editor):
    place = await editor.place()
    one = await series.start(place, daily())
    await making.make_due()
    assert await series.end(place, one) >= 35
    assert await planned(cast) == []
    await making.make_due()
    assert await planned(cast) == []


async def test_the_last_day_ends_it(cast, editor):
    last = today() + timedelta(days=3)
    one = await series.start(await editor.place(), daily(minute=1439, rhythm={"last_day": last}))
    await making.make_due()
    assert [day for day, _ in await planned(cast)][-1] == last
    found = await series.one(await editor.place(), one)
    assert (found.state, found.why_ended) == ("ended", "over")


async def test_who_left_the_staff_is_not_spoken_for_and_hears_of_it(cast, editor):
    await series.start(await editor.place(), daily())
    await rows("delete from staff where member_id = $1", editor.member_id)
    await making.make_due()
    assert await planned(cast) == []
    told = await rows(
        """select kind, note from concern where member_id = $1
           union all select kind, note from notice where member_id = $1""",
        editor.member_id,
    )
    assert [tuple(line) for line in told] == [("series.ended", "staff")]


async def test_an_editors_series_waits_for_an_owner_and_then_needs_no_other_word(
    cast, editor, owner
):
    await pacing.set_pace(await owner.place(), Pace(approval=True), ZONE)
    one = await series.start(await editor.place(), daily())
    told_ = await rows(
        """select kind from concern where member_id = $1
           union all select kind from notice where member_id = $1""",
        owner.member_id,
    )
    assert [line["kind"] for line in told_] == ["series.asked"]
    await making.make_due()
    assert await planned(cast) == []
    with pytest.raises(NotAllowed):
        await series.agree(await editor.place(), one)
    await series.agree(await owner.place(), one)
    await making.make_due()
    waits = await rows("select distinct waits_for from post where state = 'scheduled'")
    assert [line["waits_for"] for line in waits] == [""]


async def test_its_posts_come_out_pinned_for_as_long_as_was_said(cast, editor):
    await series.start(await editor.place(), daily(pin_hours=24))
    await making.make_due()
    [line] = await rows("select post_id from plan order by on_day limit 1")
    await rows("update post set publish_at = now() where id = $1", line["post_id"])
    await due.publish_due()
    [post] = await rows("select state, pin_wanted from post where id = $1", line["post_id"])
    assert post["state"] == "published"


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (daily(body=""), "body"),
        (daily(pin_hours=745), "pin_hours"),
        (Wanted("好", (), Rhythm("week", 0, today())), "weekdays"),
        (Wanted("好", (), Rhythm("month", 0, today())), "month_day"),
        (Wanted("好", (), Rhythm("never", 0, today())), "every"),
        (daily(rhythm={"last_day": today() - timedelta(days=1)}), "last_day"),
    ],
)
async def test_what_makes_no_sense_is_refused_by_its_field(editor, wanted, field):
    with pytest.raises(Invalid) as refused:
        await series.start(await editor.place(), wanted)
    assert field in refused.value.fields


async def test_only_who_edits_here_starts_and_ends_one(cast, editor, xiaolan, maimai):
    one = await series.start(await editor.place(), daily())
    for person in (xiaolan, cast.analyst, maimai):
        with pytest.raises(NotAllowed):
            await series.start(await person.place(), daily())
        with pytest.raises(NotFound):
            await series.end(await person.place(), one)
    with pytest.raises(NotFound):
        await series.end(await maimai.place(OTHER_CIRCLE), one)


async def test_one_that_fails_holds_up_no_other(cast, editor, monkeypatch):
    place = await editor.place()
    for _ in range(2):
        await series.start(place, daily())
    publish, calls = writing.publish, list[int]()

    async def once(*given, **more):
        calls.append(1)
        if len(calls) == 1:
            raise LookupError("no log")
        return await publish(*given, **more)

    monkeypatch.setattr(writing, "publish", once)
    with pytest.raises(LookupError):
        await making.make_due()
    assert len(await planned(cast)) >= 35


async def test_one_that_ran_before_owners_had_to_agree_plans_no_day_more_without_them(
    cast, editor, owner
):
    one = await series.start(await editor.place(), daily())
    await pacing.set_pace(await owner.place(), Pace(approval=True), ZONE)
    await making.make_due()
    assert await planned(cast) == []
    await series.agree(await owner.place(), one)
    await making.make_due()
    assert len(await planned(cast)) >= 35
