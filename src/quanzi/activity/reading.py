"""The log as its followers read it: heads, what came after a number, and which history it is."""

from collections.abc import Iterable
from datetime import datetime

from quanzi.db.engine import row, rows
from quanzi.live.log import Head, Logged


async def heads(circle_ids: Iterable[int]) -> dict[int, Head]:
    found = await rows(
        "select circle_id, head, floor from circle_head where circle_id = any($1::bigint[])",
        list(circle_ids),
    )
    return {line["circle_id"]: Head(line["head"], line["floor"]) for line in found}


async def after(circle_id: int, seq: int, limit: int) -> list[Logged]:
    found = await rows(
        """select seq, op, subject_id, version from circle_event
           where circle_id = $1 and seq > $2 order by seq limit $3""",
        circle_id,
        seq,
        limit,
    )
    return [Logged(circle_id, *line) for line in found]


async def times(circle_id: int, seqs: Iterable[int]) -> dict[int, datetime]:
    found = await rows(
        "select seq, at from circle_event where circle_id = $1 and seq = any($2::bigint[])",
        circle_id,
        list(seqs),
    )
    return {line["seq"]: line["at"] for line in found}


async def epoch() -> str:
    """Names the history that numbers belong to: another one after a restore or a promotion."""
    found = await row("select quanzi_epoch() as epoch")
    return str(found["epoch"]) if found else ""
