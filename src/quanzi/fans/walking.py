"""Walking a circle's followers by their ids, a stretch at a time, so that no statement reads ten
million of them, and whoever walks can go on where they were cut short.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quanzi.db.engine import row
from quanzi.fans.conditions import Conditions
from quanzi.fans.matching import where

STRETCH = 5_000


@dataclass(frozen=True, slots=True)
class Piece:
    """`member_ids`: who was found, in order. `reached`: the member to go on after; None at the end.
    `walked`: how many followers were looked at.
    """

    member_ids: Sequence[int]
    reached: int | None
    walked: int


async def piece(
    circle_id: int,
    conditions: Conditions,
    after_member_id: int,
    *,
    stretch: int = STRETCH,
    limit: int | None = None,
) -> Piece:
    """One stretch after this member. `limit`: the most to find in it."""
    most = min(limit or stretch, stretch)
    asked, values = where(conditions, circle_id, 5)
    found = await row(
        f"""with walked as materialized (
                select f.circle_id, f.member_id, f.since from follow f
                where f.circle_id = $1 and f.member_id > $2 order by f.member_id limit $3),
            found as (select f.member_id from walked f where {asked}
                      order by f.member_id limit $4)
            select (select count(*) from walked) as walked,
                   (select max(member_id) from walked) as reached,
                   array(select member_id from found order by member_id) as found""",
        circle_id,
        after_member_id,
        stretch,
        most,
        *values,
    )
    if found is None:
        return Piece((), None, 0)
    if limit is not None and len(found["found"]) == most:
        return Piece(found["found"], found["found"][-1], found["walked"])
    at_the_end = found["walked"] < stretch
    return Piece(found["found"], None if at_the_end else found["reached"], found["walked"])
