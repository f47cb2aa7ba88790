"""Looks every second whether something is due; outlives whatever fails."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from prometheus_client import Counter

from quanzi.ending import end

log = structlog.get_logger()

EVERY = 1.0
DONE = Counter("quanzi_due_done_total", "Due things done", ["what"])
FAILED = Counter("quanzi_due_failed_total", "Looks for due things that failed", ["what"])

Look = Callable[[], Awaitable[int]]


class Ticker:
    """`looks`: name → a look that does some of what is due and says how many. 0: nothing is."""

    def __init__(self, looks: Mapping[str, Look], every: float = EVERY) -> None:
        self._looks = looks
        self._every = every
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Again while it runs does nothing."""
        if self._task is None:
            self._task = asyncio.create_task(self._run_for_ever(), name="ticker")

    async def stop(self) -> None:
        task, self._task = self._task, None
        await end(task)

    async def _run_for_ever(self) -> None:
        while True:
            busy = await self._look_at_all()
            await asyncio.sleep(0 if busy else self._every)

    async def _look_at_all(self) -> bool:
        """Whether there was something to do."""
        return any([await self._look(name, look) for name, look in self._looks.items()])

    async def _look(self, name: str, look: Look) -> bool:
        try:
            done = await look()
        except Exception:
            FAILED.labels(name).inc()
            log.exception("due.failed", what=name)
            return False
        if done:
            DONE.labels(name).inc(done)
            log.info("due.done", what=name, count=done)
        return done > 0
