"""All of the live connection on one process, started and stopped together."""

import asyncio
import random

from quanzi.live import frames, ring
from quanzi.live.drawing import Drawers
from quanzi.live.gate import Gate
from quanzi.live.guard import Guard
from quanzi.live.hub import Hub
from quanzi.live.listener import Listener
from quanzi.live.log import Figures, Log, Rights
from quanzi.live.measures import PAGES, RING
from quanzi.live.stream import Stream
from quanzi.live.tail import STALE, Tail
from quanzi.live.teller import Teller
from quanzi.live.tidings import Own, Tidings

# Pages come back somewhere else at no more than about this rate.
LEAVING_PER_SECOND = 150.0
LONGEST_LEAVING = 15.0


class Station:
    def __init__(
        self, log: Log, drawers: Drawers, rights: Rights, figures: Figures, own: Own
    ) -> None:
        self.hub = Hub(log, drawers)
        self.gate = Gate()
        self.teller = Teller(self.hub, figures)
        self.tidings = Tidings(own)
        self.tail = Tail(self.hub, Guard(rights), self.teller, self.tidings)

    def start(self) -> None:
        RING.set(ring.mine() is not None)
        self.tail.start()
        self.teller.start()
        self.tidings.start()

    async def stop(self) -> None:
        await self.tidings.stop()
        await self.teller.stop()
        await self.tail.stop()

    def still_shows(self, stream: Stream, seq: int, epoch: str) -> bool:
        """Whether what was drawn up to this number is what a fresh drawing would be, as far as this
        process has heard. Its circle stays followed.
        """
        if (
            stream.head != seq
            or epoch != self.hub.epoch
            or self.tail.age > STALE
            or self.hub.streams.get(stream.circle_id) is not stream
        ):
            return False
        stream.touch()
        return True

    async def is_as_new(self, circle_id: int, seq: int) -> bool:
        """Whether what was read of it up to this number is all that this process has heard of."""
        stream = await self.hub.stream(circle_id)
        return seq >= stream.known and self.tail.age <= STALE

    def online(self, circle_id: int) -> int:
        """How many people are in this circle now, as far as its open pages have been told."""
        stream = self.hub.streams.get(circle_id)
        return stream.figures.now.get("online", 0) if stream else 0

    def arrived(self, listener: Listener) -> None:
        self.hub.present.add(listener)
        PAGES.set(len(self.hub.present))

    def left(self, listener: Listener) -> None:
        self.hub.present.discard(listener)
        self.tidings.remove(listener)
        PAGES.set(len(self.hub.present))

    async def say_goodbye(self) -> None:
        """Tell every page to come back at a time of its own; serve them until then."""
        self.hub.leaving = True
        pages = list(self.hub.present)
        seconds = min(LONGEST_LEAVING, len(pages) / LEAVING_PER_SECOND)
        for listener in pages:
            retry = int(random.uniform(0, seconds) * 1000)  # noqa: S311 - spread only
            listener.write(frames.frame("bye", retry_ms=retry, reason="deploy"))
        waited = 0.0
        while self.hub.present and waited < seconds + 0.5:
            await asyncio.sleep(0.1)
            waited += 0.1
