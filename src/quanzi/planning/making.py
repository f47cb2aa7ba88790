"""Planning the days of a series some weeks ahead, each as a post of its own, which can then be moved,
reworded or left out like any other.

Whoever looks takes one series at a time; each is done in one transaction, and a day that has been
planned is not planned again, whatever has become of its post.
"""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from quanzi.activity.concerning import concern
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import database_now, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Refusal, Said, said
from quanzi.jobs import apart
from quanzi.planning import policy, repeating, series
from quanzi.planning.series import Series
from quanzi.posts import planned, vetting, writing
from quanzi.posts import policy as posts
from quanzi.posts.drafts import Draft
from quanzi.posts.vetting import Vetted

AHEAD = timedelta(days=35)
AT_ONCE = 5
WHY: dict[str, Said] = {
    "staff": said("作者已经不是圈子的编辑"),
    "refused": said("这段文字现在不能发布了"),
}
# A name space of ours: the key of a day's post is the same whoever plans it.
DAYS = uuid.UUID("6f2b1c1e-6a0e-4d0a-9a54-3a1d6a1c9d10")
DUE = f"""
    select s.circle_id, s.id, c.slug from plan_series s join circle c on c.id = s.circle_id
    where s.state = 'running'
      and (s.made_until is null or s.made_until < (now() at time zone c.time_zone)::date + {AHEAD.days})
    order by s.made_until nulls first limit {AT_ONCE}
"""


async def make_due() -> int:
    """How many series were looked after. Raises the last failure, after the others."""
    due = [tuple(line) for line in await rows(DUE)]
    return await apart.each("series", due, lambda which: _make(*which))


async def _make(circle_id: int, series_id: int, slug: str) -> bool:
    found = await rows(
        f"{series.SERIES} where s.circle_id = $1 and s.id = $2", circle_id, series_id
    )
    place = await access.of_absent(slug, found[0]["author_id"])
    if place is None or not policy.can_plan(place):
        return await _end(circle_id, series_id, "staff")
    if posts.needs_approval(place) and not found[0]["approved"]:
        return await _ask(circle_id, series_id)
    one = series.made(found[0])
    try:
        # The same words again are no nuisance here: of an edit nobody asks that.
        vetted = await vetting.vet(place, one.body, kind="edit", topics=one.topics)
    except Refusal:
        return await _end(circle_id, series_id, "refused")
    async with transaction():
        locked = await rows(
            """select made_until from plan_series where circle_id = $1 and id = $2
               and state = 'running' for update skip locked""",
            circle_id,
            series_id,
        )
        if not locked or locked[0]["made_until"] != one.made_until:
            return False  # another process was faster
        await _plan(place, one, vetted)
    return True


async def _plan(place: Place, one: Series, vetted: Vetted) -> None:
    now, zone = await database_now(), place.circle.time_zone
    today = now.astimezone(ZoneInfo(zone)).date()
    until = today + AHEAD
    start = max(today, one.made_until + repeating.DAY) if one.made_until else today
    for day in one.rhythm.days(start, until):
        at = repeating.moment(day, one.rhythm.minute, zone)
        if at > now:
            await _plan_day(place, one, day, at, vetted)
    last_day = one.rhythm.last_day
    await rows(
        """update plan_series set made_until = $3, state = case when $4 then 'ended' else state end,
                  why_ended = case when $4 then 'over' else '' end
           where circle_id = $1 and id = $2""",
        one.circle_id,
        one.id,
        until,
        last_day is not None and last_day <= until,
    )


async def _plan_day(place: Place, one: Series, day: date, at: datetime, vetted: Vetted) -> None:
    """Its time is not held to the circle's pace here: where it breaks a rule the calendar shows it,
    with a way out, and nothing comes out against the rules.
    """
    key = uuid.uuid5(DAYS, f"{one.circle_id} {one.id} {day}")
    until = at + timedelta(hours=one.pin_hours) if one.pin_hours else None
    draft = Draft(one.body, one.topics, at, pin=until is not None, pin_until=until, key=key)
    written = await writing.publish(place, draft, vetted=vetted, agreed=True)
    await rows(
        "update plan set series_id = $3, on_day = $4 where circle_id = $1 and post_id = $2",
        one.circle_id,
        written.post_id,
        one.id,
        day,
    )


async def _ask(circle_id: int, series_id: int) -> bool:
    """An editor's that ran before owners had to agree: no day more without their word."""
    async with transaction():
        asked = await rows(
            """update plan_series set state = 'asked' where circle_id = $1 and id = $2
               and state = 'running' and not approved returning author_id""",
            circle_id,
            series_id,
        )
        for line in asked:
            await planned.tell_owners(circle_id, "series.asked", line["author_id"])
    return bool(asked)


async def _end(circle_id: int, series_id: int, why: str) -> bool:
    """Whether it was running. A key of `WHY`, which its author hears."""
    async with transaction():
        ended = await rows(
            """update plan_series set state = 'ended', why_ended = $3
               where circle_id = $1 and id = $2 and state = 'running' returning author_id""",
            circle_id,
            series_id,
            why,
        )
        for line in ended:
            await concern(
                line["author_id"], "series.ended", actor_id=None, circle_id=circle_id, note=why
            )
    return bool(ended)
