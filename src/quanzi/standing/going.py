"""How far something has been gone through, by one process at a time."""

import asyncpg

from quanzi.db.engine import rows


async def taken(name: str) -> asyncpg.Record | None:
    """Held until the commit; None while another process is at it, or before its time has come."""
    await rows(
        "insert into credit_cursor (name, at) values ($1, '-infinity') on conflict do nothing", name
    )
    found = await rows(
        "select * from credit_cursor where name = $1 and at <= now() for update skip locked", name
    )
    return found[0] if found else None
