"""Days and weeks, rolled up: of all circles at once, from what stands in the tables.

The last two days are counted anew each time, whole, so that a late row or a process that was killed
leaves nothing half; what is older stays as it was counted, whatever is removed later. The row that
says up to when is the job: one process has it, and after an outage the missing days follow.
"""

from datetime import datetime, timedelta

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction

# Again so long after the last time; so far back at first; and no more than this at once.
EVERY, AT_FIRST, AT_ONCE = timedelta(minutes=5), timedelta(days=100), timedelta(days=7)
# Days that are counted anew.
OPEN = timedelta(days=2)
# Cohorts are followed for so many weeks.
WEEKS = 12

# Each circle has its own midnight. $1 and $2: the moments in whose days it begins and ends.
ZONES = """zone as (select id, time_zone, ($1 at time zone time_zone)::date as first,
                           ($2 at time zone time_zone)::date as last from circle)"""
AROUND = "between $1 - interval '1 day' and $2 + interval '1 day'"
# What is counted, from where, at which moment, and how often.
FACTS = {
    "joined": f"select circle_id, at, 1 as n from follow_step where step = 'join' and at {AROUND}",
    "gone": f"select circle_id, at, 1 from follow_step where step = 'leave' and at {AROUND}",
    "posts": f"""select circle_id, published_at, 1 from post
                 where state = 'published' and published_at {AROUND}""",
    "comments": f"""select circle_id, created_at, 1 from comment
                    where state = 'published' and created_at {AROUND}""",
    "likes": f"select circle_id, at, 1 from liking where at {AROUND}",
    "pages": f"select circle_id, hour, shown from seen_hour where post_id = 0 and hour {AROUND}",
    "opens": f"select circle_id, hour, opens from seen_hour where post_id <> 0 and hour {AROUND}",
}
COLUMNS = ", ".join(FACTS)
SUMS = ", ".join(f"coalesce(sum(n) filter (where what = '{each}'), 0)" for each in FACTS)
ALL = " union all ".join(
    f"select '{what}' as what, f.* from ({sql}) f" for what, sql in FACTS.items()
)

DAYS = f"""
    with {ZONES},
    facts as ({ALL}),
    counted as (
        select z.id as circle_id, (f.at at time zone z.time_zone)::date as day, f.what, f.n
        from facts f join zone z on z.id = f.circle_id
        where (f.at at time zone z.time_zone)::date between z.first and z.last
        union all
        select a.circle_id, a.day, 'active', 1 from active_day a join zone z on z.id = a.circle_id
        where a.day between ($1 - interval '1 day')::date and ($2 + interval '1 day')::date
          and a.day between z.first and z.last)
    insert into circle_day (circle_id, day, active, {COLUMNS})
    select circle_id, day, coalesce(sum(n) filter (where what = 'active'), 0), {SUMS}
    from counted group by circle_id, day
"""
SOURCES = f"""
    with {ZONES}
    insert into source_day (circle_id, day, source, joined)
    select z.id, (s.at at time zone z.time_zone)::date, s.source, count(*)
    from follow_step s join zone z on z.id = s.circle_id
    where s.step = 'join' and s.at {AROUND}
      and (s.at at time zone z.time_zone)::date between z.first and z.last
    group by 1, 2, 3
"""
# Whole weeks, from the Monday of the first day on.
MONDAY = "date_trunc('week', z.first::timestamp)::date"
THERE = f"""there as (
    select a.circle_id, a.member_id, z.time_zone, date_trunc('week', a.day::timestamp)::date as week
    from active_day a join zone z on z.id = a.circle_id
    where a.day between ($1 - interval '8 days')::date and ($2 + interval '1 day')::date
      and a.day between {MONDAY} and z.last
    group by 1, 2, 3, 4)"""
ACTIVE_WEEKS = f"""
    with {ZONES}, {THERE}
    insert into circle_week (circle_id, week, active)
    select circle_id, week, count(*) from there group by 1, 2
    on conflict (circle_id, week) do update set active = excluded.active
"""
COHORTS = f"""
    with {ZONES}, {THERE},
    joined as (
        select t.circle_id, t.week,
               date_trunc('week', f.since at time zone t.time_zone)::date as joined_week
        from there t join follow f on f.circle_id = t.circle_id and f.member_id = t.member_id)
    insert into cohort_week (circle_id, joined_week, week, active)
    select circle_id, joined_week, week, count(*) from joined
    where joined_week between week - {7 * WEEKS} and week group by 1, 2, 3
    on conflict (circle_id, joined_week, week) do update set active = excluded.active
"""


async def roll_due() -> int:
    """1 when days have been counted."""
    async with transaction():
        await rows(
            "insert into insight_roll (upto) values (now() - $1::interval) on conflict do nothing",
            AT_FIRST,
        )
        due = await row(
            """select upto, now() as now from insight_roll
               where upto < now() - $1::interval for update skip locked""",
            EVERY,
        )
        if due is None:
            return 0
        until = min(due["upto"] + AT_ONCE, due["now"])
        await roll(due["upto"] - OPEN, until)
        await rows("update insight_roll set upto = $1", until)
    return 1


async def counted_by_hand() -> None:
    """What lies behind has been counted: the job goes on from now, and counts none of it anew."""
    await rows(
        """insert into insight_roll (upto) values (now())
           on conflict (id) do update set upto = excluded.upto"""
    )


async def roll(since: datetime, until: datetime) -> None:
    """All days, in each circle's own zone, from the day of one moment to the day of the other."""
    async with transaction():
        for table, statement in (("circle_day", DAYS), ("source_day", SOURCES)):
            await rows(
                f"""with {ZONES} delete from {table} d using zone z
                    where d.circle_id = z.id and d.day between z.first and z.last""",
                since,
                until,
            )
            await rows(statement, since, until)
        for statement in (ACTIVE_WEEKS, COHORTS):
            await rows(statement, since, until)
