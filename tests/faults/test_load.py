"""T1, T2: many open pages while people post, with two workers. Nothing is missed, nobody waits."""

import asyncio
from pathlib import Path

import pytest

from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import LONG, long_or, told
from tests.faults.test_running import _workers
from tests.faults.writers import CIRCLES, Writers, nothing_lost_nothing_twice


def rss_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6


@pytest.mark.timeout(long_or(120, 600))
async def test_every_open_page_has_every_post_within_a_blink(var):
    pages = int(long_or(300, 2000))
    async with (
        Served(var, "--workers", "2") as site,
        Writers(site) as writers,
        Crowd() as crowd,
    ):
        came = await crowd.open(site.port, CIRCLES, pages=pages)
        await crowd.figures()

        await writers.write(CIRCLES, rate=2, seconds=long_or(5, 300), pins=0.2)
        settled = await crowd.settled()
        figures = await crowd.figures()
        memory = [rss_mb(pid) for pid in await _workers(site)]

        told(
            "T1", pages=pages, came=came["seconds"], posts=len(writers.written),
            frames=figures["applied"], p50=figures["p50"], p99=figures["p99"],
            worst=figures["worst"], settled=settled, rss_mb=max(memory), counts=figures["counts"],
        )  # fmt: skip
        assert set(writers.statuses) == {303}, writers.refused[:9]
        await nothing_lost_nothing_twice(site, writers.written)
        assert figures["pages"] == pages
        assert "resets" not in figures["counts"]
        assert figures["delays"] >= len(writers.written) * (pages // len(CIRCLES))
        if LONG:  # Beside other things on its machine it is only told.
            assert figures["p50"] <= 150
            assert figures["p99"] <= 600
        assert max(memory) <= 350


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(600)
async def test_four_thousand_pages_and_one_busy_circle_are_served_too(var):
    async with Served(var, "--workers", "2") as site, Writers(site) as writers:
        async with Crowd() as crowd:
            await crowd.open(site.port, CIRCLES, pages=4000)
            await crowd.figures()
            await writers.write(CIRCLES, rate=1, seconds=60)
            await crowd.settled()
            figures = await crowd.figures()
            told(
                "T2 many", pages=4000, **{k: figures[k] for k in ("applied", "p50", "p99", "worst")}
            )
            assert figures["p99"] <= 1500
            await crowd.tell("leave")
        await asyncio.sleep(1)
        async with Crowd() as crowd:
            await crowd.open(site.port, CIRCLES[:1], pages=500)
            await crowd.figures()
            await writers.write(CIRCLES[:1], rate=20, seconds=30)
            await crowd.settled()
            figures = await crowd.figures()
            told(
                "T2 busy", pages=500, **{k: figures[k] for k in ("applied", "p50", "p99", "worst")}
            )
            assert figures["p99"] <= 1000
        await nothing_lost_nothing_twice(site, writers.written)
