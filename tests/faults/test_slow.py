"""T7: pages that do not read cost the others nothing, are sent away, and come back whole."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import LONG, long_or, told
from tests.faults.test_running import _counted
from tests.faults.writers import CIRCLES, Writers

HERE = CIRCLES[0]


def kernel_bytes() -> int:
    """What the sockets of this namespace hold in the kernel."""
    for line in Path("/proc/net/sockstat").read_text().splitlines():
        if line.startswith("TCP:"):
            return int(line.split()[-1]) * 4096
    return 0


def rss(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


@pytest.mark.timeout(long_or(120, 300))
async def test_pages_that_do_not_read_are_sent_away_and_nobody_waits_for_them(var):
    pages, never, drip = (int(long_or(a, b)) for a, b in ((180, 900), (20, 100), (5, 20)))
    seconds, rate = long_or(4, 30), int(long_or(14, 8))
    async with Served(var) as site, Writers(site) as writers, Crowd() as crowd:
        await crowd.open(site.port, [HERE], pages=pages)
        await writers.write([HERE], rate=rate, seconds=2)
        await crowd.figures()
        await writers.write([HERE], rate=rate, seconds=seconds)
        alone = await crowd.figures()
        assert site.process is not None
        memory, kernel = rss(site.process.pid), kernel_bytes()
        closed = await _counted(site, "quanzi_live_closed_slow_total")

        await crowd.tell("stall", circle=HERE, never=never, drip=drip)
        started, gone, most, most_kernel = time.monotonic(), 0, memory, kernel
        writing = asyncio.create_task(writers.write([HERE], rate=rate, seconds=40))
        while gone < never + drip:
            gone = int(await _counted(site, "quanzi_live_closed_slow_total") - closed)
            most, most_kernel = max(most, rss(site.process.pid)), max(most_kernel, kernel_bytes())
            assert time.monotonic() - started < 60, f"{gone} of {never + drip} were sent away"
            await asyncio.sleep(0.25)
        took = time.monotonic() - started
        beside = await crowd.figures()
        # Who does not take the close frame either is hung up on.
        while (left := await _counted(site, "quanzi_live_pages")) > pages:
            assert time.monotonic() - started < took + 8
            await asyncio.sleep(0.25)
        writing.cancel()
        await crowd.tell("wake")
        settled = await crowd.settled()

        told(
            "T7", pages=pages, slow=never + drip, sent_away_after=took,
            p99_alone=alone["p99"], p99_beside=beside["p99"], p50_alone=alone["p50"],
            p50_beside=beside["p50"], rss_more_mb=(most - memory) / 1e6,
            kernel_more_mb=(most_kernel - kernel) / 1e6, settled=settled,
        )  # fmt: skip
        assert took <= 30
        assert left == pages
        if LONG:  # Alone on its machine: a fifth more, and what it wavers by itself.
            assert beside["p99"] <= alone["p99"] * 1.2 + 100
        assert most - memory <= 60e6
