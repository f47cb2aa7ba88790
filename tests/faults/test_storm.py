"""T3: everybody's network goes away at once, and comes back, while people post."""

import asyncio

import asyncpg
import pytest

from quanzi.servers import hold
from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import long_or, told
from tests.faults.writers import CIRCLES, Reader, Writers, nothing_lost_nothing_twice


async def readings(site: Served) -> tuple[int, int]:
    """How often the log was read by its numbers, and how many transactions there were."""
    await asyncio.sleep(1.5)  # PostgreSQL counts with a delay
    with hold(site.var, postgres=True, valkey=False) as held:
        database = await asyncpg.connect(held.database_url)
        try:
            scans = await database.fetchval(
                "select idx_scan from pg_stat_user_tables where relname = 'circle_event'"
            )
            commits = await database.fetchval(
                "select xact_commit from pg_stat_database where datname = current_database()"
            )
            return int(scans), int(commits)
        finally:
            await database.close()


@pytest.mark.timeout(long_or(120, 300))
async def test_when_all_come_back_at_once_nobody_misses_anything_and_the_feed_still_opens(var):
    pages, seconds = int(long_or(300, 2000)), long_or(5, 30)
    async with (
        Served(var, "--workers", "2") as site,
        Writers(site) as writers,
        Crowd() as crowd,
    ):
        await crowd.open(site.port, CIRCLES, pages=pages)
        await writers.write(CIRCLES, rate=5, seconds=1)
        await crowd.figures()
        before, commits_before = await readings(site)
        posts_before = len(writers.written)

        async with Reader(site.url, CIRCLES[0]) as reader:
            writing = asyncio.create_task(writers.write(CIRCLES, rate=5, seconds=seconds))
            await asyncio.sleep(1)
            back = await crowd.tell("cut")
            await writing
        settled = await crowd.settled()
        after, commits_after = await readings(site)
        figures = await crowd.figures()

        # Each event is read once by each worker, and once more where it was written: that worker
        # hears its own ring a second time, from Valkey.
        posts = len(writers.written) - posts_before
        catching_up = after - before - 3 * posts
        told(
            "T3", pages=pages, back=back["seconds"], p50=figures["back_p50"],
            settled=settled, feed_p99=reader.p99(), catching_up=catching_up, posts=posts,
            commits=commits_after - commits_before, counts=figures["counts"],
        )  # fmt: skip
        assert set(writers.statuses) == {303}, writers.refused[:9]
        await nothing_lost_nothing_twice(site, writers.written)
        assert back["seconds"] <= 20
        assert set(reader.statuses) == {200}
        assert reader.p99() <= 1.0
        assert catching_up <= 60
