"""The pages, on a core of their own, and what the server's process spends while they are told."""

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, PAGES_CORE = "0", "1"
DELIVERIES = 100_000
LEAST_ROUNDS = 12
REST = 5.0

Post = Callable[[], Awaitable[int]]


@dataclass(frozen=True)
class Result:
    """`cpu`: seconds of the server's process for 100,000 deliveries; `resting`: what it would have spent
    meanwhile with nothing to deliver. Times in milliseconds.
    """

    name: str
    pages: int
    cpu: float
    resting: float
    per_second: float
    middle: float
    last: float
    last_p99: float
    memory: float


class Pages:
    """`pages.c`, running."""

    @classmethod
    async def opened(
        cls, folder: Path, count: int, port: int, *, rate: int, path: str = "/", first: str = "",
        come_from: str = "", within: float = 120,
    ) -> "Pages":  # fmt: skip
        made = cls()
        made.count = count
        made.process = await asyncio.create_subprocess_exec(
            "taskset", "-c", PAGES_CORE, str(folder / "pages"), str(port), str(count), str(rate),
            path, f"127.0.0.1:{port}", first, *([come_from] if come_from else []),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert (await made.line(within)).startswith("open")
        return made

    async def line(self, within: float = 30) -> str:
        return (await asyncio.wait_for(self.process.stdout.readline(), within)).decode().strip()

    async def round(self, post: Post, least: int) -> list[float]:
        """Milliseconds from the post to the first, middle, 99th of 100 and last page."""
        await self.ready(least)
        return await self.arrived(await post())

    async def ready(self, least: int) -> None:
        self.process.stdin.write(f"go {least}\n".encode())
        assert await self.line() == "ready"

    async def arrived(self, moment: int) -> list[float]:
        word, *moments = (await self.line()).split()
        assert word == "done", f"{word} {moments} of {self.count} pages"
        return [(int(each) - moment) / 1e6 for each in moments]

    async def close(self) -> None:
        self.process.stdin.write(b"end\n")
        await self.process.wait()


async def watched(name: str, pid: int, empty: int, pages: Pages, post: Post, least: int) -> Result:
    """`empty`: the server's memory before a page was open."""
    memory = (rss(pid) - empty) / pages.count / 1024
    for _ in range(3):
        await pages.round(post, least)
    rounds = max(LEAST_ROUNDS, DELIVERIES // pages.count)
    at_rest = await resting(pid)
    began = time.monotonic()
    spent, taken = cpu(pid), []
    for _ in range(rounds):
        taken.append(await pages.round(post, least))
        await asyncio.sleep(0.05)
    spent = cpu(pid) - spent
    per = DELIVERIES / (rounds * pages.count)
    lasts = sorted(each[3] for each in taken)
    return Result(
        name,
        pages.count,
        spent * per,
        at_rest * (time.monotonic() - began) * per,
        pages.count / (statistics.median(each[3] for each in taken) / 1000),
        statistics.median(each[1] for each in taken),
        statistics.median(lasts),
        lasts[int(len(lasts) * 0.99)],
        memory,
    )


async def resting(pid: int) -> float:
    """Seconds of the processor that it takes in a second of nothing."""
    spent = cpu(pid)
    await asyncio.sleep(REST)
    return (cpu(pid) - spent) / REST


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def listens(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
