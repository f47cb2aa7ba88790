"""The policy in force for a circle: the platform's, made stricter by the circle's own; its versions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotFound, said
from quanzi.screening import policy
from quanzi.screening.policy import FIRST, Policy

PLATFORM = 0
NOTE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class InForce:
    """`version` 0: nobody has edited it yet."""

    version: int
    policy: Policy


async def own(circle_id: int) -> InForce:
    """What the platform (0) or a circle has said itself, without the floor."""
    found = await row(
        """select version, policy from screening_policy where circle_id = $1
           order by version desc limit 1""",
        circle_id,
    )
    if found is None:
        return InForce(0, FIRST if circle_id == PLATFORM else {})
    return InForce(found["version"], policy.read(json.loads(found["policy"])))


async def of_version(circle_id: int, version: int) -> InForce:
    """As it once was said. Raises NotFound."""
    found = await row(
        "select policy from screening_policy where circle_id = $1 and version = $2",
        circle_id,
        version,
    )
    if found is None:
        raise NotFound
    return InForce(version, policy.read(json.loads(found["policy"])))


async def of_circles(circle_ids: Sequence[int]) -> dict[int, Policy]:
    """What these circles have said themselves, without the floor; who has said nothing is left out."""
    found = await rows(
        """select distinct on (circle_id) circle_id, policy from screening_policy
           where circle_id = any($1::bigint[]) and circle_id <> 0
           order by circle_id, version desc""",
        list(circle_ids),
    )
    return {line["circle_id"]: policy.read(json.loads(line["policy"])) for line in found}


async def of_circle(circle_id: int) -> InForce:
    """What holds there. Versions go into one number: the platform's thousands, the circle's ones."""
    found = await rows(
        """select distinct on (circle_id) circle_id, version, policy from screening_policy
           where circle_id in (0, $1) order by circle_id, version desc""",
        circle_id,
    )
    kept = {line["circle_id"]: line for line in found}
    floor, wished = kept.get(PLATFORM), kept.get(circle_id) if circle_id else None
    lines: Policy = policy.read(json.loads(floor["policy"])) if floor else FIRST
    if wished:
        lines = policy.stricter(lines, policy.read(json.loads(wished["policy"])))
    version = (floor["version"] if floor else 0) * 1000 + (wished["version"] if wished else 0)
    return InForce(version, lines)


async def versions(circle_id: int) -> Sequence[asyncpg.Record]:
    """The latest first."""
    return await rows(
        """select p.version, p.note, p.made_at, m.name as made_by
           from screening_policy p left join member m on m.id = p.made_by
           where p.circle_id = $1 order by p.version desc limit 50""",
        circle_id,
    )


async def put_in_force(
    circle_id: int, made: Policy, *, after: int, note: str, by: int
) -> tuple[int, datetime]:
    """The new version. Raises Invalid; Conflict when `after` is no longer the one in force."""
    policy.check(made)
    if not 1 <= len(note.strip()) <= NOTE_LONGEST:
        raise Invalid(note=said("请写一句为什么改，最多 %(most)d 个字。", most=NOTE_LONGEST))
    async with transaction():
        saved = await rows(
            """insert into screening_policy (circle_id, version, policy, note, made_by)
               select $1, $2::int + 1, $3, $4, $5 where not exists (
                   select 1 from screening_policy where circle_id = $1 and version > $2::int)
               on conflict do nothing returning version, made_at""",
            circle_id,
            after,
            json.dumps(policy.written(made)),
            note.strip(),
            by,
        )
        if not saved:
            raise Conflict(said("规则刚被别人改过，请看看最新的再改。"))
    return saved[0]["version"], saved[0]["made_at"]
