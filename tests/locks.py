"""What one transaction holds and another waits for."""

import asyncio

from quanzi.db.engine import rows


async def waits_for_a_lock(task: asyncio.Task) -> None:
    """From here it stands still until who holds what it wants lets go."""
    while not await rows(
        """select 1 from pg_stat_activity where datname = current_database()
           and wait_event_type = 'Lock'"""
    ):
        assert not task.done()
        await asyncio.sleep(0.02)
