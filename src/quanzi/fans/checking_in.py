"""Checking in, once a day by the circle's own clock, and what it comes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed, NotFound
from quanzi.fans import levels, policy
from quanzi.fans.levels import Level

DAYS_SHOWN = 28


@dataclass(frozen=True, slots=True)
class Standing:
    """`today`: by the circle's clock. `streak`: days running up to today or yesterday, else 0. `days`:
    those of the last weeks on which they checked in.
    """

    today: date
    checked_in: bool
    streak: int
    longest: int
    points: int
    level: Level
    days: Collection[date]

    @property
    def weeks(self) -> list[date]:
        return [self.today - timedelta(n) for n in reversed(range(DAYS_SHOWN))]


async def check_in(place: Place) -> bool:
    """Whether they had not done so today. Raises NotFound where there is none; NotAllowed."""
    if not place.circle.check_ins:
        raise NotFound
    if not policy.can_check_in(place):
        raise NotAllowed
    here = place.circle.id, place.member_id
    async with transaction():
        done = await rows(
            """insert into check_in (circle_id, member_id, day)
               values ($1, $2, (now() at time zone $3)::date) on conflict do nothing returning day""",
            *here,
            place.circle.time_zone,
        )
        if not done:
            return False
        # The streak goes on from yesterday. A circle that moves west has a day twice.
        await rows(
            f"""insert into fan_standing as s (circle_id, member_id, last_day, points)
                select $1, $2, $4::date, {levels.POINTS}
                on conflict (circle_id, member_id) do update set
                    last_day = greatest(s.last_day, excluded.last_day), points = excluded.points,
                    streak = case when excluded.last_day <= s.last_day then s.streak
                                  when excluded.last_day = s.last_day + 1 then s.streak + 1
                                  else 1 end,
                    longest = greatest(s.longest, case when excluded.last_day = s.last_day + 1
                                                       then s.streak + 1 else 1 end)""",
            *here,
            place.circle.time_zone,
            done[0]["day"],
        )
    return True


async def standing(place: Place) -> Standing:
    """Of the viewer. Raises NotFound where nobody checks in."""
    if not place.circle.check_ins or place.member_id is None:
        raise NotFound
    found = await row(
        f"""select (now() at time zone $3)::date as today, s.last_day, s.streak, s.longest, s.points,
                   array(select day from check_in where circle_id = $1 and member_id = $2
                         and day > (now() at time zone $3)::date - {DAYS_SHOWN}) as days
            from (values (1)) as one(n)
            left join fan_standing s on s.circle_id = $1 and s.member_id = $2""",
        place.circle.id,
        place.member_id,
        place.circle.time_zone,
    )
    assert found is not None  # noqa: S101 - one row comes of one row
    last, today = found["last_day"], found["today"]
    goes_on = last is not None and last >= today - timedelta(1)
    points = found["points"] or 0
    return Standing(
        today=today,
        checked_in=today in found["days"],
        streak=found["streak"] if goes_on else 0,
        longest=found["longest"] or 0,
        points=points,
        level=levels.level_of(points, await levels.names(place.circle.id)),
        days=frozenset(found["days"]),
    )
