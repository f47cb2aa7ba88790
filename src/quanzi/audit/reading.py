"""What was written, newest first, for who may read it: whoever asks has been let in already."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from quanzi.db.engine import rows


@dataclass(frozen=True, slots=True)
class Entry:
    """`detail` is None when somebody it was about, or who wrote it, has been erased."""

    seq: int
    at: datetime
    actor_id: int | None
    deed: str
    circle_id: int
    about: str
    member_id: int | None
    detail: Mapping[str, Any] | None


async def entries(*, circle_id: int | None, before: int | None, limit: int) -> list[Entry]:
    """Of one circle or of all; older than the entry `before`, or from the newest on."""
    found = await rows(
        f"""select seq, at, actor_id, deed, circle_id, about, member_id, detail from audit_entry
            where {"true" if circle_id is None else "circle_id = $3"}
              and ($1::bigint is null or seq < $1) order by seq desc limit $2""",
        *(before, limit, *(() if circle_id is None else (circle_id,))),
    )
    return [_entry(line) for line in found]


def _entry(line: asyncpg.Record) -> Entry:
    given = dict(line)
    return Entry(**(given | {"detail": json.loads(given["detail"]) if given["detail"] else None}))
