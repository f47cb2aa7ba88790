"""Tells open pages the figures that changed: once a second, however many deeds changed them.

A deed marks what it changed (`changed`, after its commit). Marks are sent to the other processes
once a second over the bell; each reads what its open circles need in one query, and writes one
small frame to their pages. A mark that is lost costs a page a figure until the next change.
"""

import asyncio
import os
import secrets
import time
from collections.abc import Iterable

import structlog

from quanzi.ending import end
from quanzi.live import bell, frames
from quanzi.live.hub import Hub
from quanzi.live.log import Figures
from quanzi.live.stream import Stream

log = structlog.get_logger()

EVERY = 1.0
# People come and go all the time: that is told less often, and said to other processes as well.
HERE_EVERY = 5.0
HERE_SAID_EVERY = 20.0

_process = f"{os.getpid()}-{secrets.token_hex(4)}"
_local: "list[Teller]" = []


async def changed(circle_id: int, *names: str) -> None:
    """These figures of a circle are not what they were. Never fails, never waits long."""
    for teller in _local:
        teller.mark(circle_id, names)
    if not _local:
        await bell.say(circle_id, "now", *names)


class Teller:
    def __init__(self, hub: Hub, source: Figures) -> None:
        self._hub = hub
        self._source = source
        self._marked: dict[int, set[str]] = {}
        self._unsaid: dict[int, set[str]] = {}
        self._here_due = 0.0
        self._here_said: dict[int, tuple[float, int]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        _local.append(self)
        self._task = asyncio.create_task(self._run_for_ever(), name="teller")

    async def stop(self) -> None:
        _local.remove(self)
        await end(self._task)

    def mark(self, circle_id: int, names: Iterable[str]) -> None:
        self._marked.setdefault(circle_id, set()).update(names)
        self._unsaid.setdefault(circle_id, set()).update(names)

    def heard(self, circle_id: int, words: list[str]) -> None:
        """What another process said over the bell: `now NAME…` or `here PROCESS PEOPLE`."""
        match words:
            case ["now", *names]:
                self._marked.setdefault(circle_id, set()).update(names)
            case ["here", process, people] if process != _process and people.isdecimal():
                stream = self._hub.streams.get(circle_id)
                if stream is not None:
                    stream.figures.heard_from(process, int(people))

    async def _run_for_ever(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.tell()
            except Exception:
                log.exception("live.teller")

    async def tell(self) -> None:
        """One round: say to the others what changed here, tell the pages here what changed."""
        unsaid, self._unsaid = self._unsaid, {}
        marked, self._marked = self._marked, {}
        for circle_id, names in unsaid.items():
            await bell.say(circle_id, "now", *names)
        self._hub.watching.tell()
        await self._tell_marked(marked)
        due = time.monotonic() >= self._here_due
        if due:
            self._here_due = time.monotonic() + HERE_EVERY
        for stream in list(self._hub.streams.values()):
            # Who comes into an empty circle must not read for seconds that nobody is here.
            if due or (stream.listeners and not stream.figures.now.get("online")):
                await self._tell_who_is_here(stream)

    async def _tell_marked(self, marked: dict[int, set[str]]) -> None:
        streams = dict(self._hub.streams)
        wanted = {circle_id: names for circle_id, names in marked.items() if circle_id in streams}
        for circle_id, stream in streams.items():
            if stream.listeners and not stream.figures.loaded:
                stream.figures.loaded = True
                shown = await self._source.on_page(circle_id)
                wanted[circle_id] = wanted.get(circle_id, set()) | shown
        if not wanted:
            return
        for circle_id, found in (await self._source.read(wanted)).items():
            await _write(streams[circle_id], found)

    async def _tell_who_is_here(self, stream: Stream) -> None:
        here = _people(stream)
        said_at, said = self._here_said.get(stream.circle_id, (0.0, 0))
        if here != said or (here and time.monotonic() - said_at > HERE_SAID_EVERY):
            self._here_said[stream.circle_id] = time.monotonic(), here
            await bell.say(stream.circle_id, "here", _process, str(here))
        await _write(stream, stream.figures.online(here))
        for circle_id in self._here_said.keys() - self._hub.streams.keys():
            del self._here_said[circle_id]


def _people(stream: Stream) -> int:
    """A member with three tabs is one; of visitors each page is somebody."""
    pages = stream.everyone()
    members = {page.member_id for page in pages if page.member_id is not None}
    return len(members) + sum(page.member_id is None for page in pages)


async def _write(stream: Stream, found: dict[str, int]) -> None:
    news = stream.figures.learn(found)
    if news:
        await frames.write_to_all(stream.everyone(), frames.frame("now", counts=news))
