"""How soon the partner's people answer, and what became of what was asked of its services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from quanzi.db.engine import row, rows
from quanzi.insights.few import told
from quanzi.insights.scope import Scope


@dataclass(frozen=True, slots=True)
class Answers:
    """Of `asked` comments that begin a thread, members' own, staff answered `answered`; half of those
    within `middle`, None where they are too few.
    """

    asked: int | None
    answered: int | None
    middle: timedelta | None


async def read(scope: Scope) -> Answers:
    found = await row(
        """select count(*)::int as asked, count(a.at)::int as answered,
                  percentile_cont(0.5) within group (order by a.at - m.created_at) as middle
           from comment m left join lateral (
               select min(r.created_at) as at from comment r
               where r.circle_id = m.circle_id and r.root_id = m.id and r.by_staff
                 and r.state = 'published') a on true
           where m.circle_id = any($1::bigint[]) and m.root_id is null and not m.by_staff
             and m.state = 'published'
             and m.created_at >= $2::date::timestamp at time zone $3""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )
    if found is None or not told(found["asked"]):
        return Answers(found["asked"] if found and not found["asked"] else None, None, None)
    answered = told(found["answered"])
    return Answers(found["asked"], answered, found["middle"] if answered else None)


async def requests(scope: Scope) -> Mapping[str, int | None]:
    """By state; '' all of them."""
    found = await rows(
        """select state, count(*)::int as n from service_request
           where circle_id = any($1::bigint[])
             and created_at >= $2::date::timestamp at time zone $3 group by state""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )
    states = {line["state"]: told(line["n"]) for line in found}
    return {"": told(sum(line["n"] for line in found)), **states}
