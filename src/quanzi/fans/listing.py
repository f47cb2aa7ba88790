"""A circle's fans as its partner reads them: the latest first, some at a time, and found by name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quanzi.db.engine import row, rows
from quanzi.fans.conditions import Conditions
from quanzi.fans.matching import where
from quanzi.search.asking import Asked

PAGE = 40
# For one page so many followers are looked through, a stretch at a time; then people say "go on".
STRETCH, STRETCHES = 4_000, 8
# Of so many on the whole site who are called so, those who follow are shown.
LOOKED_AT = 5_000
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Fan:
    """`points`, `streak`: as of their last check-in, None for who has not checked in yet."""

    member_id: int
    handle: str
    name: str
    since: datetime
    tags: Collection[int]
    points: int | None
    last_at: datetime | None

    @property
    def key(self) -> Key:
        return self.since, self.member_id


@dataclass(frozen=True, slots=True)
class Page:
    """`after`: where to go on, None at the end; `sparse`: it is not full, and there may be more."""

    fans: Sequence[Fan]
    after: Key | None
    sparse: bool = False


async def page(circle_id: int, conditions: Conditions, after: Key | None) -> Page:
    """Those who meet the conditions."""
    found: list[int] = []
    for _ in range(STRETCHES):
        here = await _stretch(circle_id, conditions, after, PAGE - len(found))
        found += here["found"]
        after = _end_of(here)
        if after is None or len(found) == PAGE:
            break
    fans = await _fans(circle_id, found)
    if len(found) == PAGE:
        return Page(fans, fans[-1].key if fans else None)
    return Page(fans, after, sparse=after is not None)


async def called(circle_id: int, conditions: Conditions, asked: Asked, after: Key | None) -> Page:
    """As `page`, of those with such a name or handle."""
    met, values = where(conditions, circle_id, 5)
    found = await rows(
        f"""select f.member_id from follow f
            where f.circle_id = $1 and f.member_id in (
                    select s.member_id from member_search s
                    where s.words @@ $2::text::tsquery limit {LOOKED_AT})
              and ($3::timestamptz is null or (f.since, f.member_id) < ($3, $4)) and {met}
            order by f.since desc, f.member_id desc limit {PAGE + 1}""",
        circle_id,
        asked.query,
        *(after or (None, 0)),
        *values,
    )
    fans = await _fans(circle_id, [line["member_id"] for line in found[:PAGE]])
    return Page(fans, fans[-1].key if len(found) > PAGE else None)


async def _stretch(circle_id: int, conditions: Conditions, after: Key | None, most: int) -> Any:
    met, values = where(conditions, circle_id, 5)
    return await row(
        f"""with walked as materialized (
                select f.circle_id, f.member_id, f.since from follow f
                where f.circle_id = $1 and ($2::timestamptz is null or (f.since, f.member_id) < ($2, $3))
                order by f.since desc, f.member_id desc limit {STRETCH}),
            found as (select f.since, f.member_id from walked f where {met}
                      order by f.since desc, f.member_id desc limit $4)
            select (select count(*) from walked) as walked, $4 as most,
                   array(select member_id from found order by since desc, member_id desc) as found,
                   (select (since, member_id) from found order by since, member_id limit 1) as last_found,
                   (select (since, member_id) from walked order by since, member_id limit 1) as last_walked""",
        circle_id,
        *(after or (None, 0)),
        most,
        *values,
    )


def _end_of(here: Any) -> Key | None:
    if len(here["found"]) == here["most"]:
        return tuple(here["last_found"])
    return tuple(here["last_walked"]) if here["walked"] == STRETCH else None


async def _fans(circle_id: int, member_ids: Sequence[int]) -> Sequence[Fan]:
    """With what the list says of each. Nothing of it is from anywhere else."""
    found = await rows(
        """select m.id, m.handle, m.name, f.since,
                  array(select g.tag_id from fan_tagged g
                        where g.circle_id = $1 and g.member_id = m.id order by g.tag_id) as tags,
                  s.points,
                  greatest((select max(published_at) from post
                            where author_id = m.id and circle_id = $1 and state = 'published'),
                           (select max(created_at) from comment
                            where author_id = m.id and circle_id = $1 and state = 'published'),
                           (select max(at) from liking
                            where member_id = m.id and circle_id = $1)) as last_at
           from follow f join member m on m.id = f.member_id
           left join fan_standing s on s.circle_id = $1 and s.member_id = m.id
           where f.circle_id = $1 and f.member_id = any($2::bigint[])
           order by f.since desc, f.member_id desc""",
        circle_id,
        list(member_ids),
    )
    return [Fan(*line) for line in found]
