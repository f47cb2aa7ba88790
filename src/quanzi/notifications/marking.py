"""Notices that have been seen (the bell falls silent) or read (they are no news any more)."""

from datetime import datetime
from functools import partial

from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import NotFound
from quanzi.live import bell


async def seen(member_id: int, up_to: datetime) -> None:
    """All that is not newer than the newest that stood on the page."""
    await _mark(
        """update notice set seen_at = now() where member_id = $1 and at <= $2 and seen_at is null
           returning 1""",
        member_id,
        up_to,
    )


async def read(member_id: int, notice_id: int) -> None:
    """Again is as good as once. Raises NotFound: also for another member's."""
    there = await rows(
        "select 1 from notice where member_id = $1 and id = $2 and tray", member_id, notice_id
    )
    if not there:
        raise NotFound
    await _mark(
        """update notice set read_at = now(), seen_at = coalesce(seen_at, now())
           where member_id = $1 and id = $2 and read_at is null returning 1""",
        member_id,
        notice_id,
    )


async def all_read(member_id: int) -> None:
    await _mark(
        """update notice set read_at = now(), seen_at = coalesce(seen_at, now())
           where member_id = $1 and read_at is null returning 1""",
        member_id,
    )


async def _mark(deed: str, member_id: int, *values: datetime | int) -> None:
    async with transaction():
        if await rows(deed, member_id, *values):
            after_commit(partial(bell.ring_members, {member_id}))
