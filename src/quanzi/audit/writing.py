"""Writing down what was decided and done, in the same transaction as the deed itself."""

import json
from collections.abc import Mapping
from typing import Any

from quanzi.db.engine import rows


async def write(
    deed: str,
    *,
    actor_id: int | None,
    circle_id: int = 0,
    about: str = "",
    member_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """The entry's number. Call it late: until the commit nobody else can write an entry.

    `detail["reason"]` is what the member concerned gets to read, the rest is for who reads the log.
    """
    [made] = await rows(
        """insert into audit_entry (deed, actor_id, circle_id, about, member_id, detail)
           values ($1, $2, $3, $4, $5, $6::jsonb) returning seq""",
        deed,
        actor_id,
        circle_id,
        about,
        member_id,
        json.dumps(detail or {}, ensure_ascii=False, allow_nan=False),
    )
    return int(made["seq"])
