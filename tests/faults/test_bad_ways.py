"""T10: the way between page and site is slow, narrow, hoards, and hangs up."""

import asyncio
import time

import pytest

from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import LONG, told
from tests.faults.proxies import Proxy
from tests.faults.writers import CIRCLES, Writers, nothing_lost_nothing_twice
from tests.live.pages import LightPage, equal_fresh
from tests.people import CIRCLE

WAYS = {
    "slow": {"delay": 0.3, "jitter": 0.2},
    "hoards": {"hoards": 1.0},
    "hangs up when idle": {"idle": 3.0},
}


@pytest.fixture(scope="module")
async def served(var):
    async with Served(var) as site, Writers(site) as writers:
        yield site, writers


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", WAYS)
async def test_behind_a_bad_proxy_pages_miss_nothing(served, way):
    site, writers = served
    pages = 200
    async with Proxy([site.port], **WAYS[way]) as proxy, Crowd() as crowd:
        await crowd.open(proxy.port, CIRCLES, pages=pages)
        await crowd.figures()
        await writers.write(CIRCLES[:1], rate=2, seconds=60)
        settled = await crowd.settled()
        figures = await crowd.figures()
        told(
            f"T10 {way}", pages=pages, p50=figures["p50"], p99=figures["p99"], settled=settled,
            hung_up=proxy.hung_up, counts=figures["counts"],
        )  # fmt: skip
    await nothing_lost_nothing_twice(site, writers.written)
    if way == "hangs up when idle":
        assert proxy.hung_up


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(300)
async def test_a_proxy_that_hangs_up_after_a_minute_never_does(served):
    """A page where nothing happens is told the head often enough to stay open."""
    site, _ = served
    async with Proxy([site.port], idle=60) as proxy, Crowd() as crowd:
        await crowd.open(proxy.port, CIRCLES, pages=100)
        await crowd.figures()
        await asyncio.sleep(150)
        figures = await crowd.figures()
        told("T10 a quiet page", hung_up=proxy.hung_up, counts=figures["counts"])
        assert "lost" not in figures["counts"]


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
async def test_over_a_narrow_way_a_page_catches_up_with_much_while_more_comes(cast, owner):
    """Twenty kilobytes a second, and half a megabyte missed: it must not be sent away for that."""
    port = int(cast.url.rpartition(":")[2])
    here = LightPage(cast.url, CIRCLE)
    await here.open()
    async with Proxy([port], narrow=20_000) as proxy:
        away = LightPage(cast.url, CIRCLE)
        await away.load()
        for number in range(70):
            await owner.posts(f"第 {number} 篇长文。" + f"写了又写{number}，" * 200)
        await here.reaches(70, timeout=20)
        away.url = f"http://127.0.0.1:{proxy.port}"
        started = time.monotonic()
        away._task = asyncio.create_task(away._live_for_ever())
        for number in range(30):
            await asyncio.sleep(1)
            await owner.posts(f"后来的第 {number} 篇。" + f"还在写{number}，" * 200)
            if away.state.seq > 70:
                break
        await here.reaches(71, timeout=20)
        await away.reaches((await here.fresh()).seq, timeout=60)
        await here.reaches(away.state.seq)
        took = time.monotonic() - started
        told("T10 narrow", connects=away.connects, resets=away.resets, caught_up=took)
        away.url = cast.url
        await equal_fresh([here, away])
        assert away.connects == 1
    await away.close()
    await here.close()
