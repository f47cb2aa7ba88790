"""Day by day, and the sums of a period beside those of the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from quanzi.db.engine import row, rows
from quanzi.insights.few import FEW
from quanzi.insights.scope import Scope


@dataclass(frozen=True, slots=True)
class Day:
    """`active`: None where too few were there to be told. `followers`: at the end of it."""

    day: date
    joined: int
    gone: int
    posts: int
    comments: int
    likes: int
    pages: int
    opens: int
    active: int | None
    followers: int = 0

    @property
    def net(self) -> int:
        return self.joined - self.gone

    @property
    def talk(self) -> int:
        return self.comments + self.likes


SUMMED = tuple(each.name for each in fields(Day) if each.name not in {"day", "active", "followers"})


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of this period, and of the one before; None where it cannot be told."""

    now: int | None
    before: int | None

    @property
    def percent(self) -> int | None:
        """None where there is nothing to compare with."""
        if not self.before or self.now is None:
            return None
        return round(100 * (self.now - self.before) / self.before)


@dataclass(frozen=True, slots=True)
class Days:
    followers: int
    days: Sequence[Day]
    changes: Mapping[str, Change]


async def read(scope: Scope) -> Days:
    """Each circle that is too small to be told counts nothing, so that no sum gives it away."""
    found = await rows(
        f"""select d.day::date as day, {", ".join(f"coalesce(sum(c.{n}), 0)::bigint as {n}" for n in SUMMED)},
                   case when bool_or(c.active between 1 and {FEW - 1})
                        then sum(c.active) filter (where c.active >= {FEW})
                        else coalesce(sum(c.active), 0) end::bigint as active
            from generate_series($2::date, $3::date, interval '1 day') as d(day)
            left join circle_day c on c.day = d.day and c.circle_id = any($1::bigint[])
            group by d.day order by d.day""",
        list(scope.circle_ids),
        scope.before,
        scope.last,
    )
    total = await followers(scope.circle_ids)
    days = _with_followers([Day(**dict(line)) for line in found], total)
    old, now = days[: scope.days], days[scope.days :]
    known = await _known(scope)
    changes = {n: Change(_sum(now, n), _sum(old, n) if known else None) for n in (*SUMMED, "net")}
    changes["active"] = Change(_middle(now), _middle(old) if known else None)
    return Days(total, now, changes)


async def weeks(scope: Scope) -> Sequence[tuple[date, int | None]]:
    """How many different members came in each week, the latest first."""
    found = await rows(
        f"""select week, case when bool_or(active between 1 and {FEW - 1})
                             then sum(active) filter (where active >= {FEW})
                             else sum(active) end::bigint as active
            from circle_week where circle_id = any($1::bigint[]) and week between $2 and $3
            group by week order by week desc""",
        list(scope.circle_ids),
        scope.first - timedelta(days=scope.first.weekday()),
        scope.last,
    )
    return [(line["week"], line["active"]) for line in found]


async def followers(circle_ids: Sequence[int]) -> int:
    found = await row(
        """select coalesce(sum(n), 0)::bigint as n from tally
           where circle_id = any($1::bigint[]) and kind = 'followers' and subject_id = circle_id""",
        list(circle_ids),
    )
    return int(found["n"]) if found else 0


async def _known(scope: Scope) -> bool:
    """Whether the whole period before has been counted: half of one is nothing to compare with."""
    found = await row(
        "select 1 from circle_day where circle_id = any($1::bigint[]) and day <= $2 limit 1",
        list(scope.circle_ids),
        scope.before,
    )
    return found is not None


def _with_followers(days: Sequence[Day], total: int) -> list[Day]:
    """Back from how many there are now."""
    found = []
    for each in reversed(days):
        values = {field.name: getattr(each, field.name) for field in fields(Day)}
        found.append(Day(**values | {"followers": max(0, total)}))
        total -= each.net
    return found[::-1]


def _sum(days: Sequence[Day], name: str) -> int:
    return sum(getattr(each, name) for each in days)


def _middle(days: Sequence[Day]) -> int | None:
    """On an average day, of the days that can be told."""
    known = [each.active for each in days if each.active is not None]
    return round(sum(known) / len(known)) if known else None
