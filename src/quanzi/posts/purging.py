"""Forgetting for good what was withheld: when it can no longer be put back, and with its author."""

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.posts import pictures

KEPT_DAYS = 90
AT_ONCE = 50


async def purge_due() -> int:
    """How many can no longer be put back, since their time is over."""
    return await _purge(f"at < now() - interval '{KEPT_DAYS} days' or undo_until < now()")


async def purge_of(member_id: int) -> int:
    """How many of this member's went: they are being erased."""
    return await _purge("author_id = $1", member_id)


async def _purge(which: str, *values: int) -> int:
    async with transaction():
        gone = await rows(
            f"""delete from withheld where (circle_id, post_id, comment_id) in (
                    select circle_id, post_id, comment_id from withheld where {which}
                    limit {AT_ONCE} for update skip locked)
                returning circle_id, post_id, comment_id, undo_until""",
            *values,
        )
        for line in gone:
            # Of what only had stars put over it the pictures stand.
            if not line["comment_id"] and await _is_gone(line["circle_id"], line["post_id"]):
                await pictures.forget(line["circle_id"], line["post_id"])
                await _will_not_come_back(line)
    return len(gone)


async def _will_not_come_back(line: asyncpg.Record) -> None:
    """Its author took it away, and has not thought better of it."""
    if line["undo_until"] is None:
        return
    for table in ("digested", "held_edit"):
        await rows(
            f"delete from {table} where circle_id = $1 and post_id = $2",
            line["circle_id"],
            line["post_id"],
        )


async def _is_gone(circle_id: int, post_id: int) -> bool:
    found = await row(
        "select 1 from post where circle_id = $1 and id = $2 and state = 'removed'",
        circle_id,
        post_id,
    )
    return found is not None
