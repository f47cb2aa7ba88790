"""Breaking the ways between pages and site: they are cut, slow, lose packets, or are dead."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from tests.faults.crowds import Crowd
from tests.faults.losing import DEAD, lose
from tests.faults.proxies import Proxy
from tests.faults.writers import CIRCLES

NEVER, DRIP = 8, 2


class Ways:
    def __init__(self, crowd: Crowd, proxy: Proxy, *, losing: bool, pages: int) -> None:
        self.crowd, self.proxy, self.losing, self.pages = crowd, proxy, losing, pages

    def faults(self) -> list[Callable[[random.Random], Awaitable[None]]]:
        return [
            self.some_are_cut, self.all_are_cut, self.some_stop_reading, self.ways_are_slow,
            *[self.packets_are_lost, self.ways_are_dead] * self.losing,
        ]  # fmt: skip

    def are_good(self) -> None:
        self.proxy.delay = self.proxy.jitter = 0.0
        if self.losing:
            lose(0)

    async def some_are_cut(self, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 6)):
            await self.crowd.tell("cut", share=chance.uniform(0.05, 0.5), waits=False)
            await asyncio.sleep(chance.uniform(0.2, 1.5))

    async def all_are_cut(self, _: random.Random) -> None:
        await self.crowd.tell("cut", waits=False)
        await asyncio.sleep(2)

    async def some_stop_reading(self, chance: random.Random) -> None:
        """They come back as pages that read; as many others leave."""
        circle = chance.choice(CIRCLES)
        await self.crowd.tell("stall", circle=circle, never=NEVER, drip=DRIP)
        await asyncio.sleep(chance.uniform(3, 15))
        await self.crowd.tell("wake", waits=False)
        await self.crowd.tell("thin", pages=self.pages)

    async def ways_are_slow(self, chance: random.Random) -> None:
        self.proxy.delay, self.proxy.jitter = 0.3, 0.2
        await asyncio.sleep(chance.uniform(3, 10))
        self.proxy.delay = self.proxy.jitter = 0.0

    async def packets_are_lost(self, chance: random.Random) -> None:
        lose(chance.randint(5, 30))
        await asyncio.sleep(chance.uniform(3, 10))
        lose(0)

    async def ways_are_dead(self, chance: random.Random) -> None:
        lose(DEAD)
        await asyncio.sleep(chance.uniform(2, 8))
        lose(0)
