"""Looking after several due things, each apart: one that fails holds up none of the others."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import asyncpg
import structlog

from quanzi.errors import Refusal

log = structlog.get_logger()

Thing = TypeVar("Thing")
# What is wrong with one thing; anything else is wrong with the process, and ends the look.
OF_ONE = (asyncpg.PostgresError, Refusal, LookupError, ValueError)


async def each(what: str, things: Iterable[Thing], turn: Callable[[Thing], Awaitable[int]]) -> int:
    """The sum of what the turns answer. Raises the last failure, after the others have had theirs."""
    done, failure = 0, None
    for thing in things:
        try:
            done += await turn(thing)
        except OF_ONE as why:
            log.warning("due.one_failed", what=what, thing=str(thing))
            failure = why
    if failure is not None:
        raise failure
    return done
