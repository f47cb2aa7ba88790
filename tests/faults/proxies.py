"""A small proxy between pages and site, as bad as one likes: slow, narrow, hoarding, impatient."""

import asyncio
import random
from types import TracebackType
from typing import Self

from tests.faults.harness import free_port

PIECE = 16 * 1024


class Proxy:
    """`async with Proxy([site.port], delay=0.3) as proxy:` … pages connect to `proxy.port`.

    A new connection goes to the ports in turn, and to the next where nobody listens.
    `delay`, `jitter`: seconds that each piece is under way to the page, in order.
    `narrow`: bytes per second of each connection, to the page.
    `hoards`: seconds for which what comes is kept together before it is passed on.
    `idle`: seconds without a byte, in either direction, after which it hangs up.
    """

    def __init__(
        self,
        ports: list[int],
        *,
        delay: float = 0.0,
        jitter: float = 0.0,
        narrow: float = 0.0,
        hoards: float = 0.0,
        idle: float = 0.0,
    ) -> None:
        self.ports, self.port = ports, free_port()
        self.delay, self.jitter, self.narrow = delay, jitter, narrow
        self.hoards, self.idle = hoards, idle
        self.connections = self.hung_up = 0
        self._room = 1 << 20 if hoards else PIECE
        self._next = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._come, "127.0.0.1", self.port, backlog=1024, limit=self._room
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            onward = await self._onward()
            if onward is not None:
                await self._both_ways((reader, writer), onward)
        except asyncio.CancelledError:
            pass  # the proxy itself ends; asyncio's server would complain of it
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _onward(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in range(50):
            for _ in self.ports:
                self._next += 1
                port = self.ports[self._next % len(self.ports)]
                try:
                    return await asyncio.open_connection("127.0.0.1", port, limit=self._room)
                except OSError:
                    continue
            await asyncio.sleep(0.1)
        return None

    async def _both_ways(
        self,
        page: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        site: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        heard = [asyncio.get_running_loop().time()]
        ways = {
            asyncio.create_task(self._pass(page[0], site[1], heard, bad=False)),
            asyncio.create_task(self._pass(site[0], page[1], heard, bad=True)),
        }
        if self.idle:
            ways.add(asyncio.create_task(self._watch(heard)))
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            site[1].close()
            page[1].close()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        heard: list[float],
        *,
        bad: bool,
    ) -> None:
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

        async def arrive() -> None:
            while True:
                due, data = await under_way.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not data:
                    return
                writer.write(data)
                await writer.drain()

        arriving = asyncio.create_task(arrive())
        last = 0.0
        try:
            while True:
                if bad and self.hoards:
                    await asyncio.sleep(self.hoards)
                data = await reader.read(2048 if bad and self.narrow else self._room)
                heard[0] = loop.time()
                due = 0.0
                if bad and self.delay:
                    late = self.delay + random.uniform(-self.jitter, self.jitter)
                    due = last = max(last, loop.time() + late)
                await under_way.put((due, data))
                if not data:
                    await arriving
                    return
                if bad and self.narrow:
                    await asyncio.sleep(len(data) / self.narrow)
        except ConnectionError:
            return
        finally:
            arriving.cancel()
            await asyncio.gather(arriving, return_exceptions=True)

    async def _watch(self, heard: list[float]) -> None:
        loop = asyncio.get_running_loop()
        while loop.time() - heard[0] < self.idle:
            await asyncio.sleep(0.2)
        self.hung_up += 1
