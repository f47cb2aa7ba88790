"""What the machine sees in pictures of ours, through one child process that is started when needed.

Whoever asks says how long they can wait; what is not answered by then is None, and so is everything
while there is nothing to look with. None never means that a picture is harmless.
"""

import asyncio
import time
from asyncio import Future, Task
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quanzi.ending import end
from quanzi.media import FolderStore
from quanzi.screening import child
from quanzi.screening.child import Blind, Eye, Gone, Sight

MOST_WAITING = 64
# A picture that it died of so often is not shown to it again.
MOST_DEATHS = 2
DEATHS_KEPT = 1000
FIRST_DELAY, LONGEST_DELAY = 0.1, 5.0
# Until it is tried again to start what could not be started at all.
BLIND_SECONDS = 60.0
# Not asked for so long, it goes, and its memory with it.
IDLE_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Seen:
    """`score`: how probably the picture is of that category, 0 to 1, as the model says it. It is not
    calibrated on pictures of ours: below 0.2 is likely harmless and above 0.8 likely not, say those
    who trained it. `hash`: see hashing.py, for hashes.py."""

    category: str
    score: float
    hash: int
    model: str


@dataclass(frozen=True, slots=True)
class _Asked:
    name: str
    files: tuple[Path, Path]
    answer: "Future[Seen | None]"


class Looker:
    def __init__(self, store: FolderStore) -> None:
        self._store = store
        self._waiting: asyncio.Queue[_Asked] = asyncio.Queue(MOST_WAITING)
        self._working: Task[None] | None = None
        self._eye: Eye | None = None
        self._blind = ""
        self._due = 0.0
        self._delay = FIRST_DELAY
        self._deaths: dict[str, int] = {}
        self._closed = False

    def state(self) -> str:
        """For who watches over the site."""
        if self._closed:
            return "closed"
        if self._blind:
            return f"cannot look at pictures: {self._blind}"
        return f"looking with {self._eye.model}" if self._eye else "ready to start"

    async def look(self, names: Sequence[str], *, within: float) -> list[Seen | None]:
        """In the order of the names. None: no answer within so many seconds, or no room to wait.
        Raises WrongName for what cannot be the name of a picture in the store."""
        files = [(self._store.path(name, "s"), self._store.path(name, "m")) for name in names]
        answers = [self._ask(name, pair) for name, pair in zip(names, files, strict=True)]
        try:
            if answers:
                await asyncio.wait(answers, timeout=within)
            return [answer.result() if answer.done() else None for answer in answers]
        finally:
            for answer in answers:
                answer.cancel()

    async def close(self) -> None:
        """Returns when the child is gone. Who still waits, and whoever asks now, gets None."""
        self._closed = True
        await end(self._working)
        await self._close_eye()
        while not self._waiting.empty():
            _tell(self._waiting.get_nowait(), None)

    def _ask(self, name: str, files: tuple[Path, Path]) -> "Future[Seen | None]":
        asked = _Asked(name, files, asyncio.get_running_loop().create_future())
        if self._closed or self._waiting.full():
            _tell(asked, None)
            return asked.answer
        self._waiting.put_nowait(asked)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work(), name="looking at pictures")
        return asked.answer

    async def _work(self) -> None:
        while True:
            asked = await self._next()
            try:
                _tell(asked, await self._seen(asked))
            finally:
                _tell(asked, None)

    async def _next(self) -> _Asked:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                return await self._waiting.get()
        except TimeoutError:
            await self._close_eye()
            return await self._waiting.get()

    async def _seen(self, asked: _Asked) -> Seen | None:
        while not asked.answer.done() and self._deaths.get(asked.name, 0) < MOST_DEATHS:
            eye = await self._open_eye()
            if eye is None:
                return None
            try:
                said = await eye.look(asked.files)
            except Gone:
                self._lost_over(asked.name)
                continue
            self._delay = FIRST_DELAY
            if isinstance(said, Sight):
                return Seen("sexual", said.score, said.hash, eye.model)
            return None
        return None

    async def _open_eye(self) -> Eye | None:
        if self._eye is not None:
            return self._eye
        wait = self._due - time.monotonic()
        if self._blind and wait > 0:
            return None
        await asyncio.sleep(max(0.0, wait))
        try:
            self._eye = await child.opened(self._store.root)
            self._blind = ""
        except Blind as why:
            self._blind, self._due = str(why), time.monotonic() + BLIND_SECONDS
        return self._eye

    def _lost_over(self, name: str) -> None:
        self._eye = None
        self._due = time.monotonic() + self._delay
        self._delay = min(2 * self._delay, LONGEST_DELAY)
        self._deaths[name] = self._deaths.pop(name, 0) + 1
        if len(self._deaths) > DEATHS_KEPT:
            del self._deaths[next(iter(self._deaths))]

    async def _close_eye(self) -> None:
        if self._eye is not None:
            eye, self._eye = self._eye, None
            await eye.close()


def _tell(asked: _Asked, seen: Seen | None) -> None:
    if not asked.answer.done():
        asked.answer.set_result(seen)
