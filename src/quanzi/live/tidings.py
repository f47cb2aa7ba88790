"""Tells members' open pages the figures that are theirs alone, as how many notices wait for them.

Whoever changes such a figure rings for its members (`bell.ring_members`). Each process reads the
figures of those who have a page open here, in one query, and writes a `now` frame of their own to
each of their pages. It is the one frame that depends on who reads it (CONTRACT, promise 3): it has
nothing but figures, stands in no log and no cache, and goes only to sockets of that member.

Without Valkey, and in case a ring was lost, everyone who is here is asked about every few seconds.
"""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Collection
from typing import Protocol

import structlog

from quanzi.ending import end
from quanzi.live import frames
from quanzi.live.listener import Listener

log = structlog.get_logger()

# Rings that come together are answered together.
PAUSE = 0.15
EVERY_WITHOUT_BELL = 4.0
EVERY = 30.0
ASKED_AT_ONCE = 2000

Counts = dict[str, int]


class Own(Protocol):
    """Members' own figures, by a room above; `app.py` hands it in."""

    async def read(self, member_ids: Collection[int]) -> dict[int, Counts]: ...


class Tidings:
    def __init__(self, own: Own) -> None:
        self.bell_is_up = False
        self._own = own
        self._here: defaultdict[int, set[Listener]] = defaultdict(set)
        self._told: dict[Listener, Counts] = {}
        self._rung: set[int] = set()
        self._wake = asyncio.Event()
        self._asked_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run_for_ever(), name="tidings")

    async def stop(self) -> None:
        await end(self._task)

    def add(self, listener: Listener) -> None:
        """A page that has been greeted: from now on its member's figures are told to it."""
        if listener.member_id is not None:
            self._here[listener.member_id].add(listener)
            self.rung([listener.member_id])

    def remove(self, listener: Listener) -> None:
        if listener.member_id is None:
            return
        pages = self._here[listener.member_id]
        pages.discard(listener)
        self._told.pop(listener, None)
        if not pages:
            del self._here[listener.member_id]

    def rung(self, member_ids: Collection[int]) -> None:
        """Something is new for these members; for nobody in particular: ask about everyone."""
        if not member_ids:
            self._asked_at = 0.0
        self._rung.update(member_ids)
        if self._rung & self._here.keys() or not member_ids:
            self._wake.set()

    async def _run_for_ever(self) -> None:
        while True:
            every = EVERY if self.bell_is_up else EVERY_WITHOUT_BELL
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(every, EVERY_WITHOUT_BELL)):
                    await self._wake.wait()
            self._wake.clear()
            try:
                await self._tell(everyone=time.monotonic() - self._asked_at >= every)
            except Exception:
                self._asked_at = 0.0
                log.exception("live.tidings")
            await asyncio.sleep(PAUSE)

    async def _tell(self, *, everyone: bool) -> None:
        rung, self._rung = self._rung, set()
        asked = [member for member in self._here if everyone or member in rung]
        if everyone:
            self._asked_at = time.monotonic()
        for start in range(0, len(asked), ASKED_AT_ONCE):
            found = await self._own.read(asked[start : start + ASKED_AT_ONCE])
            for member_id, counts in found.items():
                self._write(member_id, counts)

    def _write(self, member_id: int, counts: Counts) -> None:
        frame = frames.frame("now", counts=counts)
        for listener in self._here.get(member_id, ()):
            if self._told.get(listener) != counts and not listener.gone:
                self._told[listener] = counts
                listener.write(frame)
