"""T32: half an hour of people coming, going, posting and pinning. Nothing piles up."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import LONG, told
from tests.faults.test_slow import rss
from tests.faults.writers import CIRCLES, Writers, nothing_lost_nothing_twice

MINUTES, WARM = 30, 5


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def slope(points: list[tuple[float, float]]) -> float:
    """Of the straight line that fits best."""
    n = len(points)
    x, y = (sum(each[axis] for each in points) / n for axis in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(MINUTES * 60 + 300)
async def test_after_half_an_hour_of_coming_and_going_nothing_is_left_over(var):
    async with Served(var) as site:
        assert site.process is not None
        pid = site.process.pid
        files, memory = 0, list[tuple[float, float]]()
        async with Writers(site) as writers, Crowd() as crowd:
            await writers.write(CIRCLES, rate=1, seconds=10)
            files = open_files(pid)
            await crowd.open(site.port, CIRCLES, pages=500)
            started = time.monotonic()
            doing = [
                asyncio.create_task(crowd.tell("churn", each_second=10, seconds=MINUTES * 60)),
                asyncio.create_task(writers.write(CIRCLES, rate=2, seconds=MINUTES * 60, pins=0.2)),
            ]
            while not all(task.done() for task in doing):
                await asyncio.sleep(10)
                minutes = (time.monotonic() - started) / 60
                if minutes > min(WARM, MINUTES / 3):
                    memory.append((minutes, rss(pid) / 1e6))
            await asyncio.gather(*doing)
            settled = await crowd.settled()
            figures = await crowd.figures()
            await nothing_lost_nothing_twice(site, writers.written)
            await crowd.tell("leave")
        await asyncio.sleep(35)  # connections of browsers are kept for half a minute
        left = open_files(pid) - files
        grows = slope(memory)
        told(
            "T32", minutes=MINUTES, mb_per_minute=grows, rss_mb=memory[-1][1], files_left=left,
            settled=settled, p99=figures["p99"], counts=figures["counts"],
        )  # fmt: skip
        assert grows <= 1
        assert left <= 2
        assert '"level": "error"' not in site.log()
        assert "Traceback" not in site.log()
