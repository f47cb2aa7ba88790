"""Who comes is greeted, who stays away is called back: each once for that."""

import pytest

from quanzi.circles import following, pacing
from quanzi.circles.pace import Pace, Rule
from quanzi.db.engine import rows
from quanzi.errors import Invalid
from quanzi.reaching import due, greeting, muting, reading, sending
from tests.fans.crowd import follows
from tests.notifications.news import told, tray
from tests.reaching.crowd import all_sent, planned, to_whom, written

MONTH = {"occasion": "silent", "silent_days": 30}


@pytest.fixture(autouse=True)
async def resting(site, database):
    await site.tickers_rest()
    yield
    await site.tickers_work()


async def test_who_comes_is_greeted_once_and_not_when_coming_again(editor, xiaolan):
    notice_id = await written(editor, "欢迎", occasion="joined")
    await planned(editor, notice_id)
    place = await xiaolan.place()
    await following.follow(place)
    assert await greeting.greet_due() == 1
    await following.unfollow(await xiaolan.place())
    await following.follow(await xiaolan.place())
    await greeting.greet_due()
    await told()

    assert [(notice.kind, notice.excerpt) for notice in await tray(xiaolan)] == [
        ("circle.notice", "欢迎")
    ]
    assert (await reading.one(await editor.place(), notice_id)).sent == 1


async def test_who_was_there_before_is_not_greeted(editor, xiaolan, aqiang):
    await follows(xiaolan)
    notice_id = await written(editor, occasion="joined")
    await planned(editor, notice_id)
    await follows(aqiang)
    await greeting.greet_due()

    assert await to_whom(notice_id) == [aqiang.member_id]


async def test_nobody_is_greeted_who_has_gone_again_who_wants_no_notices_or_works_here(
    editor, reviewer, xiaolan, aqiang, maimai
):
    notice_id = await written(editor, occasion="joined")
    await planned(editor, notice_id)
    for person in (xiaolan, aqiang, maimai, reviewer):
        await following.follow(await person.place())
    await following.unfollow(await xiaolan.place())
    await muting.mute(await aqiang.place())
    await greeting.greet_due()

    assert await to_whom(notice_id) == [maimai.member_id]


async def test_stopped_it_greets_nobody(editor, xiaolan):
    notice_id = await written(editor, occasion="joined")
    await planned(editor, notice_id)
    await sending.take_back(await editor.place(), notice_id)
    await follows(xiaolan)

    assert await greeting.greet_due() == 0
    assert (await reading.one(await editor.place(), notice_id)).state == "draft"


async def test_of_two_for_one_occasion_the_second_is_refused(editor):
    await planned(editor, await written(editor, "欢迎", occasion="joined"))
    second = await written(editor, "你好", occasion="joined")
    with pytest.raises(Invalid) as refused:
        await planned(editor, second)

    assert "欢迎" in str(refused.value.fields["send_at"])


async def test_who_has_been_away_for_a_month_is_called_back_once(editor, xiaolan, aqiang):
    await follows(xiaolan)
    await follows(aqiang)
    await rows(
        "update follow set since = now() - interval '40 days' where member_id = $1",
        xiaolan.member_id,
    )
    notice_id = await written(editor, "好久不见", **MONTH)
    await planned(editor, notice_id)
    for _ in range(3):
        await all_sent()
        await rows("update circle_notice set send_at = now() - interval '1 minute'")
    await told()

    assert await to_whom(notice_id) == [xiaolan.member_id]
    assert len(await tray(xiaolan)) == 1
    found = await reading.one(await editor.place(), notice_id)
    assert (found.state, found.sent) == ("on", 1)


async def test_who_came_back_and_went_away_again_is_called_once_more(cast, editor, xiaolan):
    await follows(xiaolan)
    await rows("update follow set since = now() - interval '200 days'")
    notice_id = await written(editor, **MONTH)
    await planned(editor, notice_id)
    await all_sent()
    await rows("update circle_notice_sent set at = now() - interval '90 days'")
    await rows(
        """insert into liking (circle_id, post_id, member_id, at)
           values ($1, 1, $2, now() - interval '40 days')""",
        cast.circle_id,
        xiaolan.member_id,
    )
    await rows("update circle_notice set send_at = now()")
    await all_sent()

    assert (await reading.one(await editor.place(), notice_id)).sent == 2


async def test_it_goes_round_again_a_day_later_at_the_same_time_of_the_day(editor):
    notice_id = await written(editor, **MONTH)
    await planned(editor, notice_id)
    [before] = await rows("select send_at from circle_notice")
    await all_sent()
    [after] = await rows("select send_at, reached from circle_notice")

    assert (after["send_at"] - before["send_at"]).days == 1
    assert after["reached"] == 0


async def test_in_quiet_hours_nobody_is_called_back(editor, owner, xiaolan):
    await follows(xiaolan)
    await rows("update follow set since = now() - interval '40 days'")
    notice_id = await written(editor, **MONTH)
    await planned(editor, notice_id)
    quiet = Rule(quiet_from=0, quiet_to=1439)
    await pacing.set_pace(await owner.place(), Pace({"editor": quiet}), "Asia/Shanghai")
    await all_sent()

    assert await to_whom(notice_id) == []
    [found] = await rows("select state, send_at > now() as later from circle_notice")
    assert dict(found) == {"state": "on", "later": True}


@pytest.mark.parametrize("days", [0, 13, 366, 10**15])
async def test_of_days_that_make_no_sense_the_field_says_so(editor, days):
    with pytest.raises(Invalid) as refused:
        await written(editor, occasion="silent", silent_days=days)

    assert set(refused.value.fields) == {"silent_days"}


async def test_greeting_does_not_use_up_the_quota(editor, xiaolan):
    await planned(editor, await written(editor, occasion="joined"))
    for _ in range(sending.QUOTA):
        await planned(editor, await written(editor))
    with pytest.raises(Invalid):
        await planned(editor, await written(editor))


async def test_of_somebody_who_edits_no_more_nothing_goes_out_and_the_owner_hears_why(
    cast, editor, owner, xiaolan, aqiang
):
    await follows(aqiang)
    greets = await written(editor, occasion="joined")
    once = await written(editor)
    await planned(editor, greets)
    await planned(editor, once)
    await rows("update staff set role = 'analyst' where member_id = $1", editor.member_id)
    await follows(xiaolan)
    await greeting.greet_due()
    while await due.send_due():
        pass
    await told()

    assert await to_whom(greets) == await to_whom(once) == []
    assert {line["state"] for line in await rows("select state from circle_notice")} == {"draft"}
    assert [notice.kind for notice in await tray(owner)] == ["notice.missed"] * 2
    page = await owner.sees("/me/notices")
    assert "已经不是圈子的编辑" in page.text
