"""When people look: by weekday and hour of the circle's own zone."""

from collections.abc import Sequence

from quanzi.db.engine import rows
from quanzi.insights.scope import Scope

# Darker in so many steps.
STEPS = 5


async def read(scope: Scope) -> Sequence[Sequence[int]]:
    """Seven days, Monday first, of 24 hours: pages shown and posts opened."""
    found = await rows(
        """select extract(isodow from s.hour at time zone $2)::int as day,
                  extract(hour from s.hour at time zone $2)::int as hour,
                  sum(case when s.post_id = 0 then s.shown else s.opens end)::bigint as n
           from seen_hour s where s.circle_id = any($1::bigint[])
             and s.hour >= $3::date::timestamp at time zone $2 group by 1, 2""",
        list(scope.circle_ids),
        scope.time_zone,
        scope.first,
    )
    week = [[0] * 24 for _ in range(7)]
    for line in found:
        week[line["day"] - 1][line["hour"]] = line["n"]
    return week


def step(n: int, most: int) -> int:
    """0: nothing; then darker, to the darkest, which the most has."""
    return 0 if not n else max(1, -(-n * STEPS // most))
