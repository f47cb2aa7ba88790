"""The rules in force, and their versions. Old entries keep the version they were written by."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.audit import writing as audit
from quanzi.credit import rules
from quanzi.credit.rules import Rules
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotFound, said

NOTE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class RuleSet:
    version: int
    rules: Rules
    note: str
    made_at: datetime


async def current() -> RuleSet:
    found = await row("select * from credit_rule_set order by version desc limit 1")
    if found is None:
        raise LookupError("the first rules are made by the migration")
    return _made(found)


async def of_version(version: int) -> RuleSet:
    found = await row("select * from credit_rule_set where version = $1", version)
    if found is None:
        raise NotFound
    return _made(found)


async def versions() -> Sequence[asyncpg.Record]:
    """The latest first; an edit a day for a year."""
    return await rows(
        """select r.version, r.note, r.made_at, m.name as made_by
           from credit_rule_set r left join member m on m.id = r.made_by
           order by r.version desc limit 400"""
    )


async def put_in_force(made: Rules, *, after: int, note: str, by: int) -> int:
    """The new version. Raises Invalid; Conflict when `after` is no longer the one in force."""
    rules.check(made)
    if not 1 <= len(note.strip()) <= NOTE_LONGEST:
        raise Invalid(note=said("请写一句为什么改，最多 %(most)d 个字。", most=NOTE_LONGEST))
    async with transaction():
        saved = await rows(
            """insert into credit_rule_set (version, rules, note, made_by)
               select $1::int + 1, $2, $3, $4
               where not exists (select 1 from credit_rule_set where version > $1::int)
               on conflict do nothing returning version""",
            after,
            json.dumps(rules.written(made)),
            note.strip(),
            by,
        )
        if not saved:
            raise Conflict(said("规则刚被别人改过，请看看最新的再改。"))
        await audit.write(
            "rules.changed",
            actor_id=by,
            about=f"rules:0:{after + 1}",
            detail={"reason": note.strip()},
        )
    return int(saved[0]["version"])


def _made(line: asyncpg.Record) -> RuleSet:
    kept = rules.read(json.loads(line["rules"]))
    return RuleSet(line["version"], kept, line["note"], line["made_at"])
