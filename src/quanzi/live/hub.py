"""One per process: follows the circles that are open here, and tells their pages.

The cost grows with processes times open circles, not with pages: one query asks for all heads,
each event is read and drawn once, and its bytes are written to every page.
"""

import asyncio
import random
import time
from collections.abc import Iterable, Sequence

import structlog

from quanzi.live import frames
from quanzi.live.drawing import Drawers
from quanzi.live.listener import Listener
from quanzi.live.log import Head, Log, Logged
from quanzi.live.measures import BROADCAST, CIRCLES, EVENTS, FRAMES
from quanzi.live.stream import Stream
from quanzi.live.watching import Watcher, Watching

log = structlog.get_logger()

HEARTBEAT = 20.0
READ_AT_ONCE = 200
# More than this at one ring is a storm, which is looked at from its head.
FEW = 20
# A circle stays followed for so long after its last page, so that a visitor's page stays at hand.
FOLLOWED_AFTER = 60.0
# An event that cannot be drawn this often is passed over; its pages fetch themselves afresh.
DRAWING_TRIES = 5
HISTORY_EVERY = 1.5
# How often it is asked who has not read for too long.
SLOW_EVERY = 2.0


class Hub:
    def __init__(self, source: Log, drawers: Drawers) -> None:
        self.log = source
        self.drawers = drawers
        self.epoch = ""
        self.streams: dict[int, Stream] = {}
        # Everyone who was let in; they listen to a stream once they have caught up.
        self.present: set[Listener] = set()
        self.watching = Watching()
        self.leaving = False
        self._opening: dict[int, asyncio.Task[Stream]] = {}
        self._next_beat = 0.0
        self._history_due = 0.0
        self._slow_due = 0.0

    async def stream(self, circle_id: int) -> Stream:
        """The circle's stream, followed from now on. Raises LookupError for an unknown circle."""
        found = self.streams.get(circle_id)
        if found is None:
            found = await self._open_once(circle_id)
        found.touch()
        return found

    async def watch(self, watcher: Watcher) -> None:
        """Count for this page what comes out in its circles; one query for all not yet followed."""
        missing = [circle_id for circle_id in watcher.circles if circle_id not in self.streams]
        for circle_id, head in (await self.log.heads(missing)).items() if missing else ():
            self.streams.setdefault(circle_id, Stream(circle_id, head.seq, head.floor)).touch()
        self.watching.add(watcher)

    async def look(self, circle_ids: Iterable[int] | None = None) -> None:
        """One tail pass over these circles, or all: read what is new and tell it; beat if due."""
        await self._look_at_history()
        if circle_ids is not None:
            for circle_id in self.streams.keys() & circle_ids:
                await self._advance_apart(circle_id, None)
        elif self.streams:
            for circle_id, head in (await self.log.heads(self.streams)).items():
                await self._advance_apart(circle_id, head)
        await self._beat_when_due()
        self._send_slow_away_when_due()
        self._drop_unwanted()

    async def advance(self, stream: Stream) -> None:
        """Ask the database about one circle now, without waiting for the next pass."""
        head = (await self.log.heads([stream.circle_id])).get(stream.circle_id)
        if head is not None:
            stream.known = max(stream.known, head.seq)
        async with stream.filling:
            await self._tell_new(stream)

    def doubt(self) -> None:
        """The database was away: before anything else is told, see whether it is the same past."""
        self._history_due = 0.0

    async def _advance_apart(self, circle_id: int, head: Head | None) -> None:
        """A circle that fails must not hold up the others. Rung for, its events are read at once."""
        stream = self.streams.get(circle_id)
        if stream is None:
            return
        if head is not None:
            stream.known, stream.floor = max(head.seq, stream.known), head.floor
        try:
            async with stream.filling:
                if head is None and not await self._tell_rung(stream):
                    found = (await self.log.heads([circle_id])).get(circle_id)
                    stream.known = max(stream.known, found.seq if found else 0)
                await self._tell_new(stream)
            stream.failures = 0
        except Exception:
            stream.failures += 1
            log.exception("live.advance", circle=circle_id, failures=stream.failures)
            if stream.failures >= DRAWING_TRIES:
                await self._start_over(stream, "lost")

    async def _tell_new(self, stream: Stream) -> None:
        while stream.known > stream.head:
            started = time.perf_counter()
            if stream.known - stream.head > READ_AT_ONCE:
                await self._start_over(stream, "behind")
                return
            events = await self.log.after(stream.circle_id, stream.head, READ_AT_ONCE)
            if not _dense(events, stream.head):
                await self._start_over(stream, "trimmed")
                return
            await self._tell(stream, events)
            BROADCAST.observe(time.perf_counter() - started)

    async def _tell_rung(self, stream: Stream) -> bool:
        """A ring says that something came: a few events, as a rule, that follow on what was told.

        Whether it was so. Then the head need not be asked for: one query less for each event.
        """
        started = time.perf_counter()
        events = await self.log.after(stream.circle_id, stream.head, FEW)
        if len(events) == FEW or (events and not _dense(events, stream.head)):
            return False
        if events:
            await self._tell(stream, events)
            BROADCAST.observe(time.perf_counter() - started)
        return True

    async def _tell(self, stream: Stream, events: Sequence[Logged]) -> None:
        for entry in await self.drawers.draw(stream.circle_id, events):
            # Drawn before it counts as told, so that what cannot be drawn is tried again.
            told = stream.frames_of(entry)
            # Appended before it is written: who joins meanwhile finds it in the cache.
            stream.append(entry)
            stream.known = max(stream.known, entry.seq)
            for listeners, frame in told:
                FRAMES.inc(await frames.write_to_all(listeners, frame))
            self.watching.happened(stream.circle_id, entry.op)
            EVENTS.inc()

    async def _start_over(self, stream: Stream, reason: str) -> None:
        """Too much to tell: the pages fetch themselves, and come back with a new number."""
        stream.forget()
        stream.head = stream.known
        stream.failures = 0
        # They stay among those that are told: the next head reminds whom this does not reach.
        await frames.write_to_all(stream.everyone(), frames.frame("reset", reason=reason))

    async def _look_at_history(self) -> None:
        if time.monotonic() < self._history_due:
            return
        epoch = await self.log.epoch()
        self._history_due = time.monotonic() + HISTORY_EVERY
        if epoch == self.epoch:
            return
        first, self.epoch = not self.epoch, epoch
        if first:
            return
        log.warning("live.epoch", epoch=epoch)
        heads = await self.log.heads(self.streams)
        for stream in list(self.streams.values()):
            stream.known, stream.floor = heads.get(stream.circle_id, Head(0, 0))
            await self._start_over(stream, "epoch")

    async def _beat_when_due(self) -> None:
        now = time.monotonic()
        if now < self._next_beat:
            return
        self._next_beat = now + HEARTBEAT * random.uniform(0.8, 1.2)  # noqa: S311 - spread only
        for stream in list(self.streams.values()):
            frame = frames.frame("head", epoch=self.epoch, seq=stream.known)
            await frames.write_to_all(stream.everyone(), frame)
        own = [listener for listener in self.present if listener.circle_id == 0]
        await frames.write_to_all(own, frames.frame("head", epoch=self.epoch, seq=0))

    def _send_slow_away_when_due(self) -> None:
        now = time.monotonic()
        if now < self._slow_due:
            return
        self._slow_due = now + SLOW_EVERY
        for listener in list(self.present):
            if listener.stalled():
                listener.close_slow()

    def _drop_unwanted(self) -> None:
        now = time.monotonic()
        for circle_id, stream in list(self.streams.items()):
            if stream.listeners or self.watching.wants(circle_id):
                stream.wanted_at = now
            elif now - stream.wanted_at > FOLLOWED_AFTER:
                del self.streams[circle_id]
        CIRCLES.set(len(self.streams))

    async def _open_once(self, circle_id: int) -> Stream:
        """Many pages may ask for a new circle at once: one query answers them all."""
        task = self._opening.get(circle_id)
        if task is None:
            task = asyncio.create_task(self._open(circle_id))
            self._opening[circle_id] = task
            task.add_done_callback(lambda _: self._opening.pop(circle_id, None))
        return await asyncio.shield(task)

    async def _open(self, circle_id: int) -> Stream:
        if not self.epoch:
            await self._look_at_history()
        heads = await self.log.heads([circle_id])
        if circle_id not in heads:
            raise LookupError(f"circle {circle_id} has no log")
        stream = Stream(circle_id, heads[circle_id].seq, heads[circle_id].floor)
        stream.touch()
        self.streams[circle_id] = stream
        return stream


def _dense(events: Sequence[Logged], after: int) -> bool:
    return bool(events) and events[0].seq == after + 1 and events[-1].seq == after + len(events)
