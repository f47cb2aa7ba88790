"""Days are what a recount of the rows gives, whatever happened and in whatever steps they were rolled."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quanzi.circles import following
from quanzi.db.engine import rows
from quanzi.insights import rolling, trimming
from tests.insights.counted import rolled

ZONES = ("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati")
NAMES = ("joined", "gone", "posts", "comments", "likes", "pages", "opens", "active")


async def a_history(cast, chance: random.Random, now: datetime) -> Counter:
    """Random rows over nine days, and what each local day should count."""
    expected: Counter = Counter()
    for circle_id in (cast.circle_id, cast.other_id):
        zone = chance.choice(ZONES)
        await rows("update circle set time_zone = $2 where id = $1", circle_id, zone)
        post_id = (await cast.editor.posts("甲") if circle_id == cast.circle_id
                   else await cast.maimai.posts("乙", circle="banking")).post_id  # fmt: skip
        await rows(
            "update post set published_at = now() - interval '50 days' where id = $1", post_id
        )
        for number in range(60):
            at = now - timedelta(minutes=chance.randrange(1, 9 * 1440))
            what = chance.choice(NAMES)
            n = await _happened(cast, circle_id, post_id, what, at, number, chance, zone)
            expected[circle_id, at.astimezone(ZoneInfo(zone)).date(), what] += n
    return +expected


async def _happened(cast, circle_id, post_id, what, at, number, chance, zone) -> int:
    member = cast.xiaolan.member_id
    if what in {"joined", "gone"}:
        step = "join" if what == "joined" else "leave"
        await rows(
            "insert into follow_step (circle_id, at, step, source, since) values ($1, $2, $3, 'home', $2)",
            circle_id, at, step)  # fmt: skip
    elif what == "posts":
        await rows(
            """insert into post (circle_id, author_id, state, seq, body, published_at)
               values ($1, $2, 'published', $3, '丙', $4)""",
            circle_id, member, 1000 + number, at)  # fmt: skip
    elif what == "comments":
        await rows(
            "insert into comment (circle_id, post_id, author_id, body, created_at) values ($1, $2, $3, '丁', $4)",
            circle_id, post_id, member, at)  # fmt: skip
    elif what == "likes":
        await rows("insert into liking values ($1, $2, $3, $4)", circle_id, post_id, -number, at)
    elif what == "active":
        day = at.astimezone(ZoneInfo(zone)).date()
        await rows("insert into active_day values ($1, $2, $3)", circle_id, day, number)
    else:
        n = chance.randrange(1, 9)
        await rows(
            """insert into seen_hour (circle_id, hour, post_id, shown, opens)
               values ($1, $2, $3, $4, $5)""",
            circle_id, at, *((0, n, 0) if what == "pages" else (post_id, 3, n)))  # fmt: skip
        return n
    return 1


async def told() -> Counter:
    found: Counter = Counter()
    for line in await rows("select * from circle_day"):
        found.update({(line["circle_id"], line["day"], name): line[name] for name in NAMES})
    return +found


@pytest.mark.parametrize("seed", range(4))
async def test_days_are_what_a_recount_gives(cast, seed):
    chance = random.Random(seed)
    now = datetime.now(UTC)
    expected = await a_history(cast, chance, now)
    since = now - timedelta(days=11)
    while since < now:
        # Over and over, in steps of any length that overlap.
        until = min(now, since + timedelta(hours=chance.randrange(30, 90)))
        await rolling.roll(since - rolling.OPEN, until)
        since = until

    assert await told() == expected
    await rolling.roll(now - timedelta(days=12), now)
    assert await told() == expected


async def test_following_and_leaving_are_steps_that_name_nobody(cast, xiaolan):
    place = await xiaolan.place()
    await following.follow(place, "search")
    await following.follow(place, "search")
    await following.unfollow(place)
    await rolled()

    [day] = await rows("select joined, gone from circle_day where joined > 0")
    assert tuple(day) == (1, 1)
    [source] = await rows("select source, joined from source_day")
    assert tuple(source) == ("search", 1)
    columns = await rows(
        "select column_name from information_schema.columns where table_name = 'follow_step'"
    )
    assert not [line[0] for line in columns if "member" in line[0]]


async def test_a_source_that_nobody_of_ours_wrote_is_none(cast, xiaolan):
    await following.follow(await xiaolan.place(), "https://elsewhere.example/?me")

    [line] = await rows("select source from follow")
    assert line["source"] == ""


async def test_an_outage_is_made_up_for_in_steps(cast):
    await rows("insert into insight_roll (upto) values (now() - interval '20 days')")
    looks = 0
    while await rolling.roll_due():
        looks += 1

    assert looks == 3


async def test_a_cohort_counts_who_still_follows_and_came(cast, xiaolan, aqiang):
    for person in (xiaolan, aqiang):
        await following.follow(await person.place())
        await rows(
            "insert into active_day values ($1, (now() at time zone 'Asia/Shanghai')::date, $2)",
            cast.circle_id,
            person.member_id,
        )
    await following.unfollow(await aqiang.place())
    await rolled()

    [week] = await rows("select active from circle_week")
    [cohort] = await rows("select joined_week = week as same, active from cohort_week")
    assert (week["active"], tuple(cohort)) == (2, (True, 1))


async def test_who_was_there_is_forgotten_after_half_a_year_and_the_sums_stay(cast, xiaolan):
    for days in (100, 200):
        await rows(
            "insert into active_day values ($1, current_date - $2::int, $3)",
            cast.circle_id, days, xiaolan.member_id)  # fmt: skip
    await rows("insert into circle_day (circle_id, day, active) values ($1, current_date - 200, 1)", cast.circle_id)  # fmt: skip

    assert await trimming.trim() == 1
    assert len(await rows("select 1 from active_day")) == 1
    assert len(await rows("select 1 from circle_day")) == 1
