"""A notice reaches whom it is for, each once; and nobody who does not want it."""

import asyncio
from datetime import timedelta

import pytest

from quanzi import clock
from quanzi.circles import pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.db.engine import row, rows
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound
from quanzi.notifications import wording
from quanzi.reaching import due, muting, opening, reading, sending, telling
from tests.fans.crowd import follows, segment, tag
from tests.notifications.news import told, tray
from tests.people import CIRCLE
from tests.reaching.crowd import all_sent, planned, sent, to_whom, written


@pytest.fixture(autouse=True)
async def resting(site, database):
    await site.tickers_rest()
    yield
    await site.tickers_work()


async def test_a_follower_hears_of_it_opens_it_and_the_editor_sees_that(editor, xiaolan, aqiang):
    await follows(xiaolan)
    notice_id = await written(editor, link=f"/c/{CIRCLE}/services")
    await sent(editor, notice_id)
    await told()

    [hers] = await tray(xiaolan)
    assert (hers.kind, hers.excerpt) == ("circle.notice", "周末约跑")
    page = await xiaolan.sees(wording.path(hers))
    assert "海心沙集合" in page.text
    assert f'href="/c/{CIRCLE}/services"' in page.text
    assert await tray(aqiang) == ()
    await opening.write_down()
    found = await reading.one(await editor.place(), notice_id)
    assert (found.state, found.sent, found.opened) == ("sent", 1, 1)


async def test_only_who_is_in_the_segment_is_told(cast, editor, xiaolan, aqiang):
    await follows(xiaolan)
    await follows(aqiang)
    tag_id = await tag(cast.circle_id, "老友", aqiang)
    segment_id = await segment(cast.circle_id, "老友们", tags_any=(tag_id,))
    notice_id = await written(editor, segment_id=segment_id)
    await sent(editor, notice_id)

    assert await to_whom(notice_id) == [aqiang.member_id]


async def test_who_wants_no_notices_of_the_circle_gets_none_and_may_follow_on(editor, xiaolan):
    await follows(xiaolan)
    await muting.mute(await xiaolan.place())
    notice_id = await written(editor)
    await sent(editor, notice_id)

    assert await to_whom(notice_id) == []
    await xiaolan.sends(f"/c/{CIRCLE}/notices/unmute")
    assert not await muting.is_mute(await xiaolan.place())


async def test_many_pieces_and_many_processes_tell_each_once(
    cast, editor, xiaolan, aqiang, reviewer, maimai, monkeypatch
):
    people = [xiaolan, aqiang, maimai, cast.moderator]
    for person in people:
        await follows(person)
    monkeypatch.setattr(due, "PIECE", 1)
    notice_id = await written(editor)
    await planned(editor, notice_id)
    while (await reading.one(await editor.place(), notice_id)).state != "sent":
        await asyncio.gather(*(due.send_due() for _ in range(4)))

    assert await to_whom(notice_id) == sorted(person.member_id for person in people)
    found = await row("select count(*) as n from concern where kind = 'circle.notice'")
    assert found
    assert found["n"] == len(people)


async def test_a_process_that_dies_in_the_middle_of_a_piece_has_told_nobody_of_it(
    editor, xiaolan, aqiang, monkeypatch
):
    await follows(xiaolan)
    await follows(aqiang)
    monkeypatch.setattr(due, "PIECE", 1)
    notice_id = await written(editor)
    await planned(editor, notice_id)
    await due.send_due()

    class Died(BaseException):
        pass

    asked = []

    async def dies(member_ids, *_, **__):
        asked.append(member_ids)
        raise Died

    with monkeypatch.context() as broken, pytest.raises(Died):
        broken.setattr(telling, "concern_all", dies)
        await due.send_due()
    assert len(asked) == 1
    assert len(await to_whom(notice_id)) == 1
    # Nobody else takes it as long as the other may still be at it.
    assert await due.send_due() == 0
    await rows("update circle_notice set taken_until = now()")
    await all_sent()

    assert await to_whom(notice_id) == sorted([xiaolan.member_id, aqiang.member_id])
    assert len(await rows("select 1 from concern where kind = 'circle.notice'")) == 2


async def test_others_news_go_first_when_many_wait(editor, xiaolan, monkeypatch):
    await follows(xiaolan)
    await planned(editor, await written(editor))
    monkeypatch.setattr(due, "MOST_WAITING", 1)
    await rows("insert into concern (kind, member_id) values ('follow', $1)", xiaolan.member_id)

    assert await due.send_due() == 0
    await told()
    assert await due.send_due() > 0


async def test_at_its_time_and_not_before(editor, xiaolan):
    await follows(xiaolan)
    notice_id = await written(editor)
    await planned(editor, notice_id, clock.now() + timedelta(hours=3))
    assert await due.send_due() == 0
    await rows("update circle_notice set send_at = now()")
    await all_sent()

    assert await to_whom(notice_id) == [xiaolan.member_id]


async def test_taken_back_it_is_a_draft_and_stopped_it_goes_no_further(
    editor, xiaolan, aqiang, monkeypatch
):
    await follows(xiaolan)
    await follows(aqiang)
    place = await editor.place()
    notice_id = await written(editor)
    await planned(editor, notice_id, clock.now() + timedelta(hours=3))
    await sending.take_back(place, notice_id)
    assert (await reading.one(place, notice_id)).state == "draft"

    monkeypatch.setattr(due, "PIECE", 1)
    await planned(editor, notice_id)
    await due.send_due()
    await sending.take_back(place, notice_id)
    await all_sent()
    assert (await reading.one(place, notice_id)).state == "stopped"
    assert len(await to_whom(notice_id)) == 1


async def test_two_in_seven_days_and_no_third(editor, owner):
    for _ in range(sending.QUOTA):
        await planned(editor, await written(editor))
    third = await written(owner)
    with pytest.raises(Invalid) as refused:
        await planned(owner, third)
    assert set(refused.value.fields) == {"send_at"}
    await planned(owner, third, clock.now() + timedelta(days=8))


async def test_of_many_presses_at_once_no_more_go_than_may(editor):
    drafts = [await written(editor, f"第 {n} 条") for n in range(5)]
    answers = await asyncio.gather(
        *(planned(editor, each) for each in drafts), return_exceptions=True
    )

    assert sum(isinstance(each, Invalid) for each in answers) == len(drafts) - sending.QUOTA


async def test_in_quiet_hours_nothing_goes_out(editor, owner):
    quiet = Rule(quiet_from=0, quiet_to=1439)
    await pacing.set_pace(await owner.place(), Pace({"editor": quiet}), "Asia/Shanghai")
    with pytest.raises(Invalid) as refused:
        await planned(editor, await written(editor))

    assert "23:59" in str(refused.value.fields["send_at"])


async def test_sent_to_myself_only_i_hear_of_it_and_it_counts_for_nothing(editor, xiaolan):
    await follows(xiaolan)
    notice_id = await written(editor)
    await editor.sends(f"/c/{CIRCLE}/manage/notices/{notice_id}/test")
    await told()

    assert [notice.kind for notice in await tray(editor)] == ["circle.notice"]
    assert await tray(xiaolan) == ()
    assert (await reading.one(await editor.place(), notice_id)).state == "draft"


async def test_pressed_twice_it_is_planned_once(editor):
    notice_id = await written(editor)
    place = await editor.place()
    version = (await reading.one(place, notice_id)).version
    await sending.plan(place, notice_id, None, version=version)
    with pytest.raises(Conflict):
        await sending.plan(place, notice_id, None, version=version)


@pytest.mark.parametrize("who", ["xiaolan", "reviewer", "maimai"])
async def test_nobody_else_sends_anything(cast, editor, who):
    person = getattr(cast, who)
    notice_id = await written(editor)
    with pytest.raises(NotAllowed):
        await written(person)
    with pytest.raises((NotAllowed, NotFound)):
        await sending.plan(await person.place(), notice_id, None, version=1)
    with pytest.raises(NotAllowed):
        await sending.test(await person.place(), notice_id)
    assert (await person.sees(f"/c/{CIRCLE}/manage/notices")).status_code == 404
    assert (await person.sees(f"/c/{CIRCLE}/notices/{notice_id}")).status_code == 404


async def test_who_may_not_read_the_circle_any_more_is_told_nothing(cast, editor, xiaolan):
    await follows(xiaolan)
    await sent(editor, await written(editor))
    await rows(
        """update circle set thresholds = '{"read": {"verified": true}}' where id = $1""",
        cast.circle_id,
    )
    await told()

    assert await tray(xiaolan) == ()
