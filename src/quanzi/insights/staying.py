"""Who stays: of those who began to follow in one week, how many were there in the weeks after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quanzi.db.engine import rows
from quanzi.insights.few import FEW, told
from quanzi.insights.scope import Scope

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Cohort:
    """`stayed`: by week since they joined, as a percentage; None where it cannot be told."""

    week: date
    size: int
    stayed: Sequence[int | None]


async def read(scope: Scope) -> Sequence[Cohort]:
    """The last eight weeks; those in which fewer than five joined are not told."""
    monday = scope.last - timedelta(days=scope.last.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    sizes = await rows(
        """select date_trunc('week', day::timestamp)::date as week, sum(joined)::bigint as n
           from circle_day where circle_id = any($1::bigint[]) and day >= $2 group by 1 order by 1""",
        list(scope.circle_ids),
        first,
    )
    there = await rows(
        f"""select joined_week, week, sum(active) filter (where active >= {FEW})::bigint as n
            from cohort_week where circle_id = any($1::bigint[]) and joined_week >= $2
            group by 1, 2""",
        list(scope.circle_ids),
        first,
    )
    active = {(line["joined_week"], line["week"]): line["n"] for line in there}
    return [
        Cohort(line["week"], line["n"], _stayed(line["week"], line["n"], monday, active))
        for line in sizes
        if told(line["n"])
    ]


def _stayed(
    joined: date, size: int, monday: date, active: dict[tuple[date, date], int | None]
) -> list[int | None]:
    weeks = [joined + timedelta(weeks=n) for n in range((monday - joined).days // 7 + 1)]
    there = [active.get((joined, week), 0) for week in weeks]
    return [None if n is None else min(100, round(100 * n / size)) for n in there]
