"""What the partner posted and pinned, day by day: what a rise in a chart may have come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quanzi.db.engine import rows
from quanzi.insights.scope import Scope

MOST = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind`: 'post' or 'pin'."""

    day: date
    kind: str
    slug: str
    post_id: int
    words: str


async def read(scope: Scope) -> Sequence[Mark]:
    """The latest first."""
    found = await rows(
        f"""select (d.at at time zone $3)::date as day, d.kind, c.slug, p.id, left(p.body, 40)
            from (select circle_id, id as post_id, published_at as at, 'post' as kind from post
                  where circle_id = any($1::bigint[]) and state = 'published' and by_staff
                    and published_at >= $2::date::timestamp at time zone $3
                  union all
                  select circle_id, post_id, starts_at, 'pin' from pin
                  where circle_id = any($1::bigint[]) and state in ('shown', 'ended')
                    and starts_at between ($2::date::timestamp at time zone $3) and now()) d
            join post p on p.circle_id = d.circle_id and p.id = d.post_id and p.state = 'published'
            join circle c on c.id = d.circle_id
            order by d.at desc, p.id desc limit {MOST}""",
        list(scope.circle_ids),
        scope.first,
        scope.time_zone,
    )
    return [Mark(*line) for line in found]
