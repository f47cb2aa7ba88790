"""Ending a task that would go on for ever."""

import asyncio
from typing import Any

AGAIN_AFTER = 1.0


async def end(task: "asyncio.Task[Any] | None") -> None:
    """Returns when it has ended.

    Cancelled once is not enough: what it waits for may make a fault of its own of that, when it fails
    in the same moment (asyncpg's pool does while the database goes away), and whoever outlives all
    faults outlives this one, too.
    """
    while task is not None and not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_AFTER)
