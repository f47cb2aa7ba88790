"""Reading from a copy of the database that follows it (`DATABASE_REPLICA_URL`), where that is the same.

A copy lags, by milliseconds as a rule and by minutes when its machine is busy. So whoever reads from
it says how to tell whether the answer is new enough, and asks the database itself when it is not, or
when the copy is away. Nothing is ever written there, and no right is decided by it.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
import structlog

from quanzi.db.engine import ELSEWHERE, close_pool, manners, open_pool
from quanzi.db.faults import DATABASE_FAULTS
from quanzi.db.measures import REPLICA
from quanzi.settings import settings

# A copy that failed is left alone for so long: what waits for it in vain is a visitor.
LEFT_ALONE = 5.0
# It has so many seconds for a connection, and for an answer; the database itself is a moment away.
PATIENCE = 2.0
# A copy throws a question out that stands in the way of what it follows.
FAULTS = (*DATABASE_FAULTS, asyncpg.PostgresError, OSError)

T = TypeVar("T")
log: structlog.stdlib.BoundLogger = structlog.get_logger()
_pool: Any = None
_away_until = 0.0


@asynccontextmanager
async def pools() -> AsyncIterator[None]:
    """The database's own pool, and one of the copy's where there is an address.

    A copy that is away now is looked for again when somebody reads.
    """
    global _pool, _away_until  # noqa: PLW0603 - as the pool of the database itself, one a process
    await open_pool()
    address, _away_until = settings().database_replica_url, 0.0
    if address:
        _pool = await asyncpg.create_pool(
            address, min_size=0, max_size=settings().pool, timeout=PATIENCE, **manners(PATIENCE)
        )
    try:
        yield
    finally:
        if _pool is not None:
            _pool.terminate()
            _pool = None
        await close_pool()


async def read(
    ask: Callable[[], Awaitable[T]],
    is_ours: Callable[[], Awaitable[bool]],
    is_new_enough: Callable[[T], Awaitable[bool]],
) -> T:
    """What `ask` reads with `rows`, from the copy where there is one that is new enough.

    `is_ours` is asked of the copy, and before anything that it says could be remembered.
    `is_new_enough` is asked of the database itself.
    """
    if _pool is None or time.monotonic() < _away_until:
        return await ask()
    how, found = await _of_the_copy(ask, is_ours)
    if found is not None and await is_new_enough(found):
        REPLICA.labels("read").inc()
        return found
    REPLICA.labels(how).inc()
    return await ask()


async def _of_the_copy(
    ask: Callable[[], Awaitable[T]], is_ours: Callable[[], Awaitable[bool]]
) -> tuple[str, T | None]:
    """What it said, if anything; and what is the matter where that is not good enough."""
    before = ELSEWHERE.set(_pool)
    try:
        return ("behind", await ask()) if await is_ours() else ("other", None)
    except FAULTS as fault:
        _leave_alone(fault)
        return "away", None
    finally:
        ELSEWHERE.reset(before)


def _leave_alone(fault: BaseException) -> None:
    global _away_until  # noqa: PLW0603
    _away_until = time.monotonic() + LEFT_ALONE
    log.warning("database.replica_away", why=f"{type(fault).__name__}: {fault}")
