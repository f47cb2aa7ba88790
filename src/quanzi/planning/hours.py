"""When a circle is awake: how much was said and liked in which hour of the week, of late.

A sample that is bounded however large the circle is: its latest comments, and the latest likes of
its latest posts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quanzi.circles import pace
from quanzi.circles.access import Shown
from quanzi.db.engine import rows

COMMENTS, POSTS, LIKES_EACH = 2000, 60, 60
# With less than that nobody can tell.
LEAST = 30
BEST = 3

SAMPLE = f"""
    select at from (
        (select created_at as at from comment where circle_id = $1 order by id desc limit {COMMENTS})
        union all
        select l.at from (select id from post where circle_id = $1 and state = 'published'
                          order by seq desc limit {POSTS}) p
        cross join lateral (select at from liking where circle_id = $1 and post_id = p.id
                            limit {LIKES_EACH}) l
    ) s where at > now() - interval '8 weeks'
"""


@dataclass(frozen=True, slots=True)
class Hours:
    """`weight`: by weekday (0 is Monday) and hour, from 0 to 1, the busiest being 1; empty when too
    little is known.
    """

    weight: dict[tuple[int, int], float]

    def level(self, weekday: int, hour: int) -> int:
        """0 to 4, for the page."""
        return round(self.weight.get((weekday, hour), 0) * 4)


async def of(circle: Shown) -> Hours:
    found = await rows(SAMPLE, circle.id)
    return weigh([line["at"] for line in found], circle.time_zone)


def weigh(moments: Sequence[datetime], time_zone: str) -> Hours:
    if len(moments) < LEAST:
        return Hours({})
    zone = ZoneInfo(time_zone)
    counted: dict[tuple[int, int], float] = {}
    for moment in moments:
        local = moment.astimezone(zone)
        # Who is there at eight is nearly there at seven and at nine.
        for hours, share in ((-1, 0.25), (0, 0.5), (1, 0.25)):
            near = local + timedelta(hours=hours)
            place = near.weekday(), near.hour
            counted[place] = counted.get(place, 0) + share
    most = max(counted.values())
    return Hours({place: n / most for place, n in counted.items()})


def best(
    known: Hours, circle: Shown, role: str, others: Sequence[datetime], now: datetime
) -> list[datetime]:
    """The best hours of the coming week at which this role may post, in order of time."""
    zone = ZoneInfo(circle.time_zone)
    rule = circle.pace.of(role)
    hour = now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    coming = [(now + timedelta(hours=n)).astimezone(zone).replace(
        minute=0, second=0, microsecond=0) for n in range(1, 7 * 24)]  # fmt: skip
    ranked = sorted(
        (at for at in coming if at > hour and known.weight.get((at.weekday(), at.hour), 0) > 0),
        key=lambda at: -known.weight[at.weekday(), at.hour],
    )
    chosen: list[datetime] = []
    for at in ranked:
        near = any(abs(at - other) < timedelta(hours=3) for other in chosen)
        if not near and pace.broken(rule, at, others, circle.time_zone) is None:
            chosen.append(at)
        if len(chosen) == BEST:
            break
    return sorted(chosen)
