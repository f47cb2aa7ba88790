"""The engine, and the few shapes of query that are asked so often that they skip the builder."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, cast

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from quanzi.settings import settings

ENGINE = PostgresEngine(config={"dsn": settings().database_url}, extensions=())

# A statement that runs this long is a fault, and must not hold a connection others wait for.
STATEMENT_MS = "5000"
IDLE_IN_TRANSACTION_MS = "10000"
# Longer in the queue for a connection than this is an overload that people should be told of.
ACQUIRE_SECONDS = 10.0
CLOSING_SECONDS = 5.0
# Of a long answer so many rows are fetched at once.
AT_ONCE = 500
# Set while something is read that need not come from the database itself; see `replica.py`.
ELSEWHERE: ContextVar[Any] = ContextVar("elsewhere", default=None)


async def open_pool(size: int | None = None) -> None:
    await ENGINE.start_connection_pool(min_size=1, max_size=size or settings().pool, **manners(10))


def manners(patience: float) -> dict[str, Any]:
    """How every pool behaves. `patience`: seconds for an answer."""
    return {
        "command_timeout": patience,
        "reset": _as_it_is,
        "server_settings": {
            "application_name": "quanzi",
            "statement_timeout": STATEMENT_MS,
            "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
        },
    }


async def _as_it_is(_: Any) -> None:
    """Nothing of ours outlives its transaction (no SET, LISTEN, cursor or session lock), so a
    connection need not be swept after each use, which would be a second query for every query."""


async def close_pool() -> None:
    """Whoever still has a connection gets so long to give it back."""
    pool = ENGINE.pool
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await ENGINE.close_connection_pool()
    except TimeoutError:
        if pool is not None:
            pool.terminate()
        ENGINE.pool = None


@asynccontextmanager
async def connection() -> AsyncIterator[Any]:
    """A connection of the pool; without a pool (commands, tests) one of its own."""
    pool = ELSEWHERE.get() or ENGINE.pool
    if pool is None:
        single = await ENGINE.get_new_connection()
        try:
            yield single
        finally:
            await single.close()
    else:
        async with pool.acquire(timeout=ACQUIRE_SECONDS) as pooled:
            yield pooled


async def rows(sql: str, *values: Any) -> Sequence[asyncpg.Record]:
    """Ask in plain SQL with $1… values; joins the transaction that is open, if one is."""
    transaction = ENGINE.current_transaction.get()
    if transaction is not None:
        return cast("Sequence[asyncpg.Record]", await transaction.connection.fetch(sql, *values))
    async with connection() as held:
        return cast("Sequence[asyncpg.Record]", await held.fetch(sql, *values))


async def row(sql: str, *values: Any) -> asyncpg.Record | None:
    found = await rows(sql, *values)
    return found[0] if found else None


async def database_now() -> datetime:
    """By the clock that planned things begin and end by, whatever this machine's says; inside a
    transaction the moment at which it began.
    """
    [found] = await rows("select now()")
    moment: datetime = found[0]
    return moment


async def stream(sql: str, *values: Any) -> AsyncIterator[asyncpg.Record]:
    """As `rows`, some hundreds at a time, for what is too long to hold. Inside a transaction."""
    transaction = ENGINE.current_transaction.get()
    if transaction is None:
        raise RuntimeError("stream() needs an open transaction()")
    async for line in transaction.connection.cursor(sql, *values, prefetch=AT_ONCE):
        yield line
