"""Fifty thousand open pages on one machine, and a post to all of them.

    bin/bench crowd [PAGES [WORKERS]]        (default: 50000 4)

Several workers of the site, since a process may hold 20,000 descriptors on many machines; a program
of pages for each, with an address of its own to come from, for the same reason.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.fanout import site
from bench.fanout.watching import Pages, cpu, listens, rss

HERE = Path(__file__).parents[1] / "fanout"
# A second and program of pages; the gate of each worker takes 150, and the machine has two cores.
RATE = 60
ROUNDS = 8


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with site.prepared() as (folder, port):
        source = HERE / "pages.c"
        subprocess.run(["cc", "-O2", "-o", str(folder / "pages"), str(source)], check=True)
        asyncio.run(measure(folder, port, count, workers))


async def measure(folder: Path, port: int, count: int, workers: int) -> None:
    here = await site.circle()
    await here.frame_length()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "quanzi.cli", "serve", "--port", str(port), "--workers", str(workers),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await listens(port)
    await asyncio.sleep(3)
    serving = children(process.pid)
    empty = sum(rss(each) for each in serving)
    began = time.monotonic()
    each = count // workers
    crowd = await asyncio.gather(
        *(
            Pages.opened(
                folder, each, port, rate=RATE, path=f"/c/{site.SLUG}/live", first='{"resume":null}',
                come_from=f"127.0.0.{number + 2}", within=1200,
            )
            for number in range(workers)
        )
    )  # fmt: skip
    came = time.monotonic() - began
    memory = (sum(rss(pid) for pid in serving) - empty) / (each * workers) / 1024
    spent = sum(cpu(pid) for pid in serving)
    lasts = [max(await told(crowd, here)) for _ in range(ROUNDS)]
    spent = sum(cpu(pid) for pid in serving) - spent
    print(f"{each * workers:,} pages came within {came:.0f} s to {workers} workers.\n")
    print("| pages | KB a page | last page p50 ms | CPU s per 100k |\n|---|---|---|---|")
    print(
        f"| {each * workers:,} | {memory:.1f} | {statistics.median(lasts):.0f} "
        f"| {spent / (ROUNDS * each * workers) * 100_000:.2f} |"
    )
    process.terminate()
    await process.wait()
    for pages in crowd:
        await pages.close()


async def told(crowd: list[Pages], here: site.Circle) -> list[float]:
    """Milliseconds to the last page of each program. All of them have to have it."""
    await asyncio.gather(*(pages.ready(500) for pages in crowd))
    moment = await here.post()
    return [(await pages.arrived(moment))[3] for pages in crowd]


def children(pid: int) -> list[int]:
    """The workers, and the process that keeps them."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, found)]


if __name__ == "__main__":
    main()
