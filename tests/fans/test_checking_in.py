"""Checking in: once a day, running on, and what it comes to."""

import asyncio
from datetime import timedelta

import pytest

from quanzi.circles import following
from quanzi.db.engine import rows
from quanzi.errors import NotAllowed, NotFound
from quanzi.fans import checking_in, levels
from tests.fans.crowd import follows
from tests.people import CIRCLE

HERE = f"/c/{CIRCLE}/check-in"


@pytest.fixture
async def open_for_it(cast):
    await rows("update circle set check_ins = true where id = $1", cast.circle_id)
    await follows(cast.xiaolan)
    return cast


async def mine(person) -> checking_in.Standing:
    return await checking_in.standing(await person.place())


async def days_pass(n: int = 1) -> None:
    """All that was done was done so many days before."""
    await rows("update fan_standing set last_day = last_day - $1::int", n)
    await rows(
        """with gone as (delete from check_in returning circle_id, member_id, day)
           insert into check_in select circle_id, member_id, day - $1::int from gone""",
        n,
    )


async def test_a_press_checks_in_and_says_so(open_for_it, xiaolan):
    circle = (await xiaolan.sees(f"/c/{CIRCLE}")).text
    assert f'action="{HERE}"' in circle

    answer = await xiaolan.sends(HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)
    page = (await xiaolan.sees(HERE)).text
    assert "今天已签到" in page
    assert f'action="{HERE}"' not in page
    assert (await mine(xiaolan)).streak == 1


async def test_two_presses_at_once_are_one(open_for_it, xiaolan):
    place = await xiaolan.place()
    done = await asyncio.gather(*(checking_in.check_in(place) for _ in range(5)))

    assert sorted(done) == [False, False, False, False, True]
    assert (await mine(xiaolan)).points == levels.CHECKED_IN


async def test_day_by_day_it_runs_on_and_a_missed_day_ends_it(open_for_it, xiaolan):
    for _ in range(3):
        await checking_in.check_in(await xiaolan.place())
        await days_pass()
    standing = await mine(xiaolan)
    assert (standing.streak, standing.checked_in) == (3, False)

    await days_pass()
    assert (await mine(xiaolan)).streak == 0
    await checking_in.check_in(await xiaolan.place())
    standing = await mine(xiaolan)
    assert (standing.streak, standing.longest) == (1, 3)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_day_is_the_circles_own(open_for_it, xiaolan, zone):
    await rows("update circle set time_zone = $1", zone)
    await checking_in.check_in(await xiaolan.place())

    [kept] = await rows("select day, (now() at time zone $1)::date as today from check_in", zone)
    assert kept["day"] == kept["today"]
    assert (await mine(xiaolan)).checked_in


async def test_a_circle_that_moves_west_has_a_day_twice_and_nobody_gains(open_for_it, xiaolan):
    await rows("update circle set time_zone = 'Pacific/Kiritimati'")
    await checking_in.check_in(await xiaolan.place())
    await rows("update circle set time_zone = 'Pacific/Pago_Pago'")

    # Twenty-five hours apart: here it is yesterday still, or the day before.
    assert await checking_in.check_in(await xiaolan.place())
    [kept] = await rows("select streak, last_day, points from fan_standing")
    assert kept["streak"] == 1
    standing = await mine(xiaolan)
    assert kept["last_day"] - standing.today >= timedelta(1)


async def test_a_day_counts_once_for_each_thing_done_on_it(open_for_it, xiaolan):
    for _ in range(4):
        written = await xiaolan.posts()
        await xiaolan.says(written.post_id, "好")
    await checking_in.check_in(await xiaolan.place())

    assert (await mine(xiaolan)).points == levels.CHECKED_IN + levels.POSTED + levels.COMMENTED


async def test_what_was_done_elsewhere_or_long_ago_does_not_count(open_for_it, xiaolan):
    await xiaolan.posts(circle="banking")
    written = await xiaolan.posts()
    await rows(
        "update post set published_at = now() - interval '366 days' where id = $1", written.post_id
    )
    await checking_in.check_in(await xiaolan.place())

    assert (await mine(xiaolan)).points == levels.CHECKED_IN


async def test_who_does_not_follow_is_told_to_and_checks_in_nowhere(open_for_it, aqiang):
    assert "关注这个圈子以后" in (await aqiang.sees(HERE)).text
    assert (await aqiang.sends(HERE)).status_code == 403
    with pytest.raises(NotAllowed):
        await checking_in.check_in(await aqiang.place())


async def test_where_it_is_off_there_is_no_such_page(cast, xiaolan):
    await follows(xiaolan)

    assert f'action="{HERE}"' not in (await xiaolan.sees(f"/c/{CIRCLE}")).text
    assert (await xiaolan.sees(HERE)).status_code == 404
    assert (await xiaolan.sends(HERE)).status_code == 404
    with pytest.raises(NotFound):
        await checking_in.check_in(await xiaolan.place())


async def test_a_visitor_signs_in_first(open_for_it, visitor):
    assert "check-in" not in (await visitor.get(f"/c/{CIRCLE}")).text
    assert (await visitor.get(HERE)).headers["location"].startswith("/signin")


async def test_who_follows_again_has_lost_nothing(open_for_it, xiaolan):
    await checking_in.check_in(await xiaolan.place())
    await following.unfollow(await xiaolan.place())
    await following.follow(await xiaolan.place())

    assert (await mine(xiaolan)).streak == 1
    assert await checking_in.check_in(await xiaolan.place()) is False


async def test_who_has_checked_in_reads_it_in_the_circle_and_nobody_else_does(
    open_for_it, xiaolan, aqiang
):
    await follows(aqiang)
    await checking_in.check_in(await xiaolan.place())
    here = f"/c/{CIRCLE}"

    page = (await xiaolan.sees(here)).text
    assert "今天已签到" in page
    assert f'action="{HERE}"' not in page
    assert "今天已签到" not in (await aqiang.sees(here)).text
