"""A circle's segments: which there are, who is in one, and which of them somebody is in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.fans import conditions as asking
from quanzi.fans import counting
from quanzi.fans.conditions import Conditions
from quanzi.fans.matching import where
from quanzi.fans.walking import piece

MOST = 50
COLUMNS = "s.id, s.name, s.conditions::text as conditions, s.version"
EVERYBODY = Conditions()


@dataclass(frozen=True, slots=True)
class Segment:
    id: int
    name: str
    conditions: Conditions
    version: int


async def listed(circle_id: int) -> list[Segment]:
    """By name; those that are withdrawn are not there."""
    found = await rows(
        f"""select {COLUMNS} from segment s where s.circle_id = $1 and s.withdrawn_at is null
            order by s.name, s.id limit {MOST}""",
        circle_id,
    )
    return [_made(line) for line in found]


async def one(circle_id: int, segment_id: int) -> Segment:
    """Raises NotFound, also for one that is withdrawn."""
    found = await row(
        f"""select {COLUMNS} from segment s
            where s.circle_id = $1 and s.id = $2 and s.withdrawn_at is null""",
        circle_id,
        segment_id,
    )
    if found is None:
        raise NotFound
    return _made(found)


async def recipients(
    circle_id: int, segment_id: int | None, after_member_id: int, limit: int
) -> list[int]:
    """Members in it, in the order of their ids, after this one; None: all followers. Fewer than
    `limit` are the last. Nobody who is banned, leaves or works for the partner is among them, nor is
    anybody in a segment that is withdrawn.
    """
    try:
        asked = (await one(circle_id, segment_id)).conditions if segment_id else EVERYBODY
    except NotFound:
        return []
    found: list[int] = []
    reached: int | None = after_member_id
    while reached is not None and len(found) < limit:
        here = await piece(circle_id, asked, reached, limit=limit - len(found))
        found += here.member_ids
        reached = here.reached
    return found


async def count(circle_id: int, conditions: Conditions) -> int:
    """How many, about where they are many: see `counting.counted`, which says whether."""
    return (await counting.counted(circle_id, conditions)).n


async def among(circle_id: int, member_id: int, segment_ids: Collection[int]) -> frozenset[int]:
    """Of these segments, those that this member is in. One query, however many there are."""
    wanted = set(segment_ids)
    segments = [each for each in await listed(circle_id) if each.id in wanted] if wanted else []
    if not segments:
        return frozenset()
    values: list[Any] = [circle_id, member_id]
    asked = []
    for each in segments:
        condition, its_values = where(each.conditions, circle_id, len(values) + 2)
        values += [each.id, *its_values]
        asked.append(
            f"""select ${len(values) - len(its_values)}::bigint as id from follow f
                where f.circle_id = $1 and f.member_id = $2 and {condition}"""
        )
    return frozenset(line["id"] for line in await rows("\nunion all\n".join(asked), *values))


def _made(line: Any) -> Segment:
    return Segment(line["id"], line["name"], asking.of_json(line["conditions"]), line["version"])
