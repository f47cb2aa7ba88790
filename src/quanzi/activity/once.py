"""The same key twice does a thing once (LIVE §3.1)."""

import hashlib
import json
import uuid
from typing import Any

from quanzi.db.engine import row, rows
from quanzi.errors import Invalid, said


async def first_time(actor_id: int, key: uuid.UUID, *request: Any) -> str | None:
    """None: go on. Otherwise what was answered then. Waits for a twin that is still at it.

    Raises Invalid when the key was used for another request.
    """
    digest = hashlib.sha256(json.dumps(request, default=str).encode()).digest()
    inserted = await rows(
        """insert into once (actor_id, key, request_hash) values ($1, $2, $3)
           on conflict do nothing returning key""",
        actor_id,
        key,
        digest,
    )
    if inserted:
        return None
    before = await row(
        "select request_hash, answer from once where actor_id = $1 and key = $2", actor_id, key
    )
    if before is None or before["request_hash"] != digest:
        raise Invalid(idempotency_key=said("这个表单已经用过了，请刷新页面再发。"))
    return str(before["answer"])


def key_of(typed: str) -> uuid.UUID:
    """A form without a usable key is a form of its own."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


async def answered(actor_id: int, key: uuid.UUID, answer: str) -> None:
    await rows(
        "update once set answer = $3 where actor_id = $1 and key = $2", actor_id, key, answer
    )
