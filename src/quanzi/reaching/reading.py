"""Notices as they are read: at the desk, and by who was sent one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.reaching import policy

MOST_AT_DESK = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """`sent`: to how many it went until now; `opened`: by how many it was opened."""

    circle_id: int
    id: int
    author_id: int
    author: str
    segment_id: int | None
    segment: str
    title: str
    body: str
    link: str
    state: str
    send_at: datetime | None
    sent: int
    version: int
    ended_at: datetime | None
    opened: int
    occasion: str
    silent_days: int


NOTICE = """
    select n.circle_id, n.id, n.author_id, m.name as author, n.segment_id, coalesce(s.name, '') as segment, n.title,
           n.body, n.link, n.state, n.send_at, n.sent, n.version, n.ended_at,
           n.opened, n.occasion, n.silent_days
    from circle_notice n join member m on m.id = n.author_id
    left join segment s on s.circle_id = n.circle_id and s.id = n.segment_id
"""


async def at_desk(circle_id: int) -> Sequence[Notice]:
    """The latest first."""
    found = await rows(
        f"{NOTICE} where n.circle_id = $1 order by n.id desc limit {MOST_AT_DESK}", circle_id
    )
    return [Notice(*line) for line in found]


async def one(place: Place, notice_id: int) -> Notice:
    """At the desk. Raises NotFound."""
    found = await row(f"{NOTICE} where n.circle_id = $1 and n.id = $2", place.circle.id, notice_id)
    if found is None or not policy.can_reach(place):
        raise NotFound
    return Notice(*found)


async def locked(place: Place, notice_id: int) -> Notice:
    """As `one`, held against others until the transaction ends."""
    await rows(
        "select 1 from circle_notice where circle_id = $1 and id = $2 for update",
        place.circle.id,
        notice_id,
    )
    return await one(place, notice_id)


async def received(place: Place, notice_id: int) -> Notice:
    """By who was sent it, or would send it. Raises NotFound for everybody else."""
    found: Any = await row(
        f"""{NOTICE} where n.circle_id = $1 and n.id = $2 and ($3 or exists (
                select 1 from circle_notice_sent t where t.circle_id = n.circle_id
                and t.notice_id = n.id and t.member_id = $4))""",
        place.circle.id,
        notice_id,
        policy.can_reach(place),
        place.member_id,
    )
    if found is None:
        raise NotFound
    return Notice(*found)
