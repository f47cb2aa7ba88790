"""The tail: one task per process that keeps its pages current, whatever happens.

It wakes on a hint, and in any case every two seconds, twice a second without Valkey. Any fault is
logged and counted, and it goes on, for ever: a page that misses a post is the one thing this
program must not have.
"""

import asyncio
import contextlib
import time

import structlog

from quanzi.ending import end
from quanzi.live.bell import Bell
from quanzi.live.guard import Guard
from quanzi.live.hub import Hub
from quanzi.live.measures import TAIL_FAILED
from quanzi.live.teller import Teller
from quanzi.live.tidings import Tidings

log = structlog.get_logger()

EVERY = 2.0
EVERY_WITHOUT_BELL = 0.5
BACK_OFF = (0.1, 0.25, 0.5, 1.0)
# A process whose last good pass is older than this is not ready to serve.
STALE = 5.0


class Tail:
    def __init__(self, hub: Hub, guard: Guard, teller: Teller, tidings: Tidings) -> None:
        self.hub = hub
        self.bell = Bell(self._heard, teller.heard, tidings.rung)
        self.last_pass = time.monotonic()
        self._guard = guard
        self._tidings = tidings
        self._rung: set[int] = set()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.bell.start()
        self._task = asyncio.create_task(self._run_for_ever(), name="tail")

    async def stop(self) -> None:
        await self.bell.stop()
        await end(self._task)

    @property
    def age(self) -> float:
        """Seconds since the last pass that went well."""
        return time.monotonic() - self.last_pass

    def _heard(self, circle_id: int | None) -> None:
        if circle_id is None:
            self._guard.hurry()
        else:
            self._rung.add(circle_id)
        self._wake.set()

    async def _run_for_ever(self) -> None:
        failures = 0
        next_full = 0.0
        while True:
            try:
                if time.monotonic() >= next_full:
                    next_full = time.monotonic() + (EVERY if self.bell.up else EVERY_WITHOUT_BELL)
                    self._rung.clear()
                    await self.hub.look()
                else:
                    rung, self._rung = self._rung, set()
                    await self.hub.look(rung)
                await self._guard.watch(self.hub)
                self.last_pass = time.monotonic()
                failures = 0
            except Exception:
                failures += 1
                TAIL_FAILED.inc()
                self.hub.doubt()
                next_full = 0.0
                log.exception("live.tail", failures=failures)
                await asyncio.sleep(BACK_OFF[min(failures, len(BACK_OFF)) - 1])
            self.bell.listen_to(self.hub.streams)
            self._tidings.bell_is_up = self.bell.up
            await self._rest(next_full - time.monotonic())

    async def _rest(self, seconds: float) -> None:
        """Until something rings, or the next full pass is due."""
        if seconds > 0 and not self._rung and not self._guard.hurried:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._wake.wait()
        self._wake.clear()
