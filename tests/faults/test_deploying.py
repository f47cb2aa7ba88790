"""T5: the site is replaced while people read and write; they notice nothing."""

import asyncio
import os
import signal
import time

import pytest

from quanzi.servers import hold
from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import LONG, told
from tests.faults.proxies import Proxy
from tests.faults.test_running import _workers
from tests.faults.writers import CIRCLES, Reader, Writers, nothing_lost_nothing_twice


def faults(statuses: dict[int | str, int]) -> dict[int | str, int]:
    """What a reader would see as a broken site. A connection that ended is tried again by browsers."""
    return {kind: n for kind, n in statuses.items() if isinstance(kind, int) and kind >= 500}


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(400)
async def test_workers_are_replaced_one_by_one_and_nobody_misses_anything(var):
    pages = 1000
    async with (
        Served(var, "--workers", "2") as site,
        Writers(site) as writers,
        Crowd() as crowd,
    ):
        await crowd.open(site.port, CIRCLES, pages=pages)
        await crowd.figures()
        writing = asyncio.create_task(writers.write(CIRCLES, rate=4, seconds=90))
        async with Reader(site.url, CIRCLES[0]) as reader:
            for worker in await _workers(site):
                os.kill(worker, signal.SIGTERM)
                started = time.monotonic()
                while worker in await _workers(site):
                    await asyncio.sleep(0.1)
                left = time.monotonic() - started
                while len(await _workers(site)) < 2:
                    await asyncio.sleep(0.1)
                await asyncio.sleep(3)
            await writing
        settled = await crowd.settled()
        figures = await crowd.figures()

        told(
            "T5 workers", pages=pages, left=left, settled=settled, counts=figures["counts"],
            writing=dict(writers.statuses), reading=dict(reader.statuses),
        )  # fmt: skip
        assert left <= 30
        assert not faults(writers.statuses)
        assert not faults(reader.statuses)
        await nothing_lost_nothing_twice(site, writers.written)


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(600)
async def test_two_sites_are_deployed_in_turn_behind_a_proxy(tmp_path):
    """`QUANZI_SECRET` is the same for both, as docs/operating.md asks for."""
    pages, rounds = 1000, 3
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    tmp_path.chmod(0o755)
    secret = "the-same-secret-for-all-processes-of-one-site"
    with hold(one, postgres=True, valkey=True) as held:
        servers = {"DATABASE_URL": held.database_url, "VALKEY_URL": held.valkey_url}
        async with Served(one, QUANZI_SECRET=secret) as first:
            pass  # it loads the demo
        first = Served(one, QUANZI_SECRET=secret, **servers)
        second = Served(other, QUANZI_SECRET=secret, **servers)
        async with first, second, Proxy([first.port, second.port]) as proxy:
            first_url, first.url = first.url, f"http://127.0.0.1:{proxy.port}"
            async with Writers(first) as writers, Crowd() as crowd:
                await crowd.open(proxy.port, CIRCLES, pages=pages)
                await crowd.figures()
                stop = asyncio.Event()

                async def write() -> None:
                    while not stop.is_set():
                        await writers.write(CIRCLES, rate=5, seconds=2)

                writing = asyncio.create_task(write())
                exits = []
                async with Reader(first.url, CIRCLES[0]) as reader:
                    for _ in range(rounds):
                        for site in (first, second):
                            started = time.monotonic()
                            assert await site.stop() == 0
                            exits.append(time.monotonic() - started)
                            await site.start()
                            await asyncio.sleep(1)
                    stop.set()
                    await writing
                settled = await crowd.settled()
                figures = await crowd.figures()

                told(
                    "T5 sites", pages=pages, rounds=rounds, longest_exit=max(exits),
                    settled=settled, counts=figures["counts"], posts=len(writers.written),
                    writing=dict(writers.statuses), reading=dict(reader.statuses),
                    reader_p99=reader.p99(),
                )  # fmt: skip
                assert max(exits) <= 30
                assert not faults(writers.statuses)
                assert not faults(reader.statuses)
                await nothing_lost_nothing_twice(first, writers.written)
            first.url = first_url
