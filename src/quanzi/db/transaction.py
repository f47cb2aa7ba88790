"""One verb, one transaction; what is announced is announced after the commit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, cast

import structlog

from quanzi.db.engine import ELSEWHERE, ENGINE, connection

Callback = Callable[[], Awaitable[None]]

log = structlog.get_logger()
_waiting: ContextVar[list[Callback] | None] = ContextVar("after_commit", default=None)


@dataclass(frozen=True, slots=True)
class _Open:
    """What Piccolo's queries look for to join a transaction."""

    connection: Any


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Join the open transaction, or open one and run its `after_commit` callbacks at its end."""
    if _waiting.get() is not None:
        yield
        return
    callbacks: list[Callback] = []
    async with _begin(callbacks):
        yield
    for callback in callbacks:
        await _run_apart(callback)


def after_commit(callback: Callback) -> None:
    """Run it when the outermost transaction has committed; never when it was rolled back."""
    waiting = _waiting.get()
    if waiting is None:
        raise RuntimeError("after_commit() needs an open transaction()")
    waiting.append(callback)


@asynccontextmanager
async def _begin(callbacks: list[Callback]) -> AsyncIterator[None]:
    # Not Piccolo's own block: when the commit itself fails (the server died, the task was
    # cancelled), 1.38 never gives the connection back to the pool nor leaves the transaction.
    if ELSEWHERE.get() is not None:
        raise RuntimeError("Nothing is written while a copy is read from.")
    async with connection() as held, held.transaction():
        current = ENGINE.current_transaction.set(cast("Any", _Open(held)))
        waiting = _waiting.set(callbacks)
        try:
            yield
        finally:
            _waiting.reset(waiting)
            ENGINE.current_transaction.reset(current)


async def _run_apart(callback: Callback) -> None:
    # What was committed is done: a failing announcement must not turn it into an error.
    try:
        await callback()
    except Exception:
        log.exception("after_commit.failed", callback=getattr(callback, "__qualname__", "?"))
