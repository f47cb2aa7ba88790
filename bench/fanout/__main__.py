"""One post to many open pages: Quanzi, a bare C write loop, and others who do the same, in one run.

    bin/bench fanout [PAGES …]        (default: 2000 10000)

The server has one core, the pages the other. Quanzi's row is the whole path: a post is committed
by another process; the server hears the bell, reads the event, draws it in the languages that
are listened to, and writes it. The peers only write as many bytes. What a server does at rest (ours
looks for what is due) is in its figure, and said beside it.
"""

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.fanout import others, peers, site
from bench.fanout.watching import Result

HERE = Path(__file__).parent
# So many turns for up to so many pages; ten thousand pages take minutes to arrive.
TURNS, FEW = 3, 2000


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]] or [2000, 10000]
    with site.prepared() as (folder, port):
        for program in ("pages", "loop"):
            source = HERE / f"{program}.c"
            subprocess.run(["cc", "-O2", "-o", str(folder / program), str(source)], check=True)
        asyncio.run(measure(folder, port, sizes))


async def measure(folder: Path, port: int, sizes: list[int]) -> None:
    circle = await site.circle()
    length = await circle.frame_length()
    print(f"Each post is a frame of {length} bytes.\n")
    print(
        "| pages | server | CPU s per 100k | of it at rest | deliveries/s | middle page ms | last page p50 ms "
        "| p99 ms | KB per page |\n|---|---|---|---|---|---|---|---|---|"
    )
    for pages in sizes:
        turns = [
            [
                await peers.c_loop(folder, pages, length),
                await peers.nchan(folder, pages, length),
                await site.quanzi(folder, pages, port, circle),
            ]
            for _ in range(TURNS if pages <= FEW else 1)
        ]
        limit, *rest = [middle(each) for each in zip(*turns, strict=True)]
        show(limit, None)
        for each in rest:
            show(each, limit)
        # Far enough away that one turn tells; ten thousand take them minutes.
        for other in (others.node_ws, others.channels) if pages <= FEW else ():
            found = await other(folder, pages, length)
            if found is not None:
                show(found, limit)


def middle(results: Sequence[Result]) -> Result:
    """The machine drifts: the servers take turns, and of each the middle figures count."""
    figures = {
        name: statistics.median(getattr(each, name) for each in results)
        for name in ("cpu", "resting", "per_second", "middle", "last", "last_p99", "memory")
    }
    return replace(results[0], **figures)


def show(result: Result, limit: Result | None) -> None:
    def of(value: float, peer: float | None) -> str:
        return f" ({value / peer:.2f}×)" if peer else ""

    print(
        f"| {result.pages:,} | {result.name} "
        f"| {result.cpu:.2f}{of(result.cpu, limit and limit.cpu)} | {result.resting:.2f} "
        f"| {result.per_second:,.0f} "
        f"| {result.middle:.1f} | {result.last:.1f}{of(result.last, limit and limit.last)} "
        f"| {result.last_p99:.1f} | {result.memory:.1f} |",
        flush=True,
    )


main()
