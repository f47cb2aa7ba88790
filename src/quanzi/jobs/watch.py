"""One question for all rooms: is anything due? Asked by each room for itself, thirty times a second,
it was an eighth of the work of a process that told two thousand pages of posts.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg
import structlog

from quanzi.db.engine import row
from quanzi.jobs.ticker import Look, Ticker

log = structlog.get_logger()

EVERY = 0.4
# What is wrong with a question, not with the database, which would answer none.
BROKEN = (asyncpg.SyntaxOrAccessError, asyncpg.DataError, asyncpg.QueryCanceledError)


@dataclass(frozen=True, slots=True)
class Due:
    """`asks`: a select, in SQL and without values, that has a line whenever `look` would find
    something. It may have one when there is nothing: then that look is in vain. Never the other way.
    """

    asks: str
    look: Look


class Watched(Ticker):
    """Looks when the watch has seen that something is due, and rests until then."""

    def __init__(self, dues: Mapping[str, Due]) -> None:
        super().__init__({name: due.look for name, due in dues.items()})
        self.asks = [due.asks for due in dues.values()]
        self._seen = asyncio.Event()

    def wake(self) -> None:
        self._seen.set()

    async def _run_for_ever(self) -> None:
        lately = False
        while True:
            await self._seen.wait()
            self._seen.clear()
            done = await self._look_at_all()
            if done:
                self.wake()  # there may be more of it
            elif not lately:
                await self._pause()
            lately = done

    async def _pause(self) -> None:
        """It failed, or somebody else is at it: what will not be done now is not tried at once again."""
        await asyncio.sleep(self._every)


class Watch(Ticker):
    def __init__(self, watched: Sequence[Watched]) -> None:
        super().__init__({"watch": self.look_around}, EVERY)
        self._watched = watched
        self._questions = [
            " or ".join(f"exists ({asks})" for asks in each.asks) for each in watched
        ]
        self._all = f"select {', '.join(self._questions)}"

    async def look_around(self) -> int:
        """Wake those for whom something is due. Never says that it was busy: it does nothing itself."""
        try:
            seen = await row(self._all)
        except BROKEN:
            # Whose question is broken keeps nobody else from their work.
            seen = [await self._alone(question) for question in self._questions]
        for each, due in zip(self._watched, seen or (), strict=False):
            if due:
                each.wake()
        return 0

    async def _alone(self, question: str) -> bool:
        try:
            found = await row(f"select {question}")
        except BROKEN:
            log.exception("jobs.watch", question=question)
            return False
        return bool(found and found[0])
