"""Whom somebody may mean who types `@x`: people of this talk first, then by handle and by name."""

from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import rows

MOST = 6
# Of the circle's talk so many of the latest voices are looked through.
LATEST = 200


@dataclass(frozen=True, slots=True)
class Person:
    handle: str
    name: str


async def meant(place: Place, typed: str) -> list[Person]:
    """`typed`: what stands behind the @ so far; a part of a handle, or the beginning of a name."""
    typed = typed.strip().lower()[:40]
    if not typed:
        return []
    found = await rows(
        f"""with voices as (select distinct author_id from
                (select author_id from comment where circle_id = $1 order by id desc
                 limit {LATEST}) latest),
            found as (
                (select m.id, 0 as far from voices v join member m on m.id = v.author_id
                 where starts_with(m.handle, $2) or starts_with(lower(m.name), $2))
                union all
                (select id, 1 from member where handle ~>=~ $2 and handle ~<~ ($2 || chr(1114109))
                 order by handle using ~<~ limit {MOST})
                union all
                (select id, 2 from member where lower(name) ~>=~ $2
                 and lower(name) ~<~ ($2 || chr(1114109)) order by lower(name) using ~<~
                 limit {MOST}))
            select m.handle, m.name from (select id, min(far) as far from found group by id) s
            join member m on m.id = s.id where m.suspended_at is null
            order by s.far, m.handle limit {MOST}""",
        place.circle.id,
        typed,
    )
    return [Person(*line) for line in found]
