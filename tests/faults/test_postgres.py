"""T12: PostgreSQL dies, stands still, and runs out of disk. Nothing acknowledged is lost."""

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from quanzi.servers import hold
from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.lengths import LONG, long_or, told
from tests.faults.writers import CIRCLES, Writers, nothing_lost_nothing_twice

SEED = 12
# What a form may be answered while the database is away.
CLEAR = {303, 503}


def postmaster(site: Served) -> int:
    return int((site.var / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


async def is_back(site: Served, within: float) -> float:
    started = time.monotonic()
    async with httpx.AsyncClient(timeout=5, verify=False) as client:
        while True:
            try:
                if (await client.get(f"{site.url}/readyz")).status_code == 200:
                    return time.monotonic() - started
            except httpx.TransportError:
                pass
            assert time.monotonic() - started < within, site.log()[-2000:]
            await asyncio.sleep(0.1)


@pytest.mark.timeout(long_or(120, 400))
async def test_a_database_that_is_killed_in_mid_write_loses_nothing(var):
    kills, chance = int(long_or(1, 12)), random.Random(SEED)
    async with Served(var) as site, Writers(site) as writers, Crowd() as crowd:
        await crowd.open(site.port, CIRCLES, pages=int(long_or(60, 300)))
        await crowd.figures()
        writing = asyncio.create_task(writers.write(CIRCLES, rate=8, seconds=kills * 6))
        back = []
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.5, 2))
            os.kill(postmaster(site), signal.SIGKILL)
            await asyncio.sleep(0.3)
            back.append(await is_back(site, 15))
        await writing
        settled = await crowd.settled()
        figures = await crowd.figures()
        told(
            "T12 killed", seed=SEED, kills=kills, back_worst=max(back), settled=settled,
            statuses=dict(writers.statuses), counts=figures["counts"],
        )  # fmt: skip
        assert set(writers.statuses) <= CLEAR, writers.refused[:5]
        assert writers.statuses[503]
        await nothing_lost_nothing_twice(site, writers.written)


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(120)
async def test_a_database_that_stands_still_is_told_of_and_costs_no_connection(var):
    """A lock for longer than a statement may last, and more people than connections wait for it."""
    async with Served(var) as site, Writers(site) as writers, Crowd() as crowd:
        await crowd.open(site.port, CIRCLES, pages=60)
        await crowd.figures()
        with hold(site.var, postgres=True, valkey=False) as held:
            database = await asyncpg.connect(held.database_url)
            transaction = database.transaction()
            await transaction.start()
            await database.execute("lock table post in access exclusive mode")
            writing = asyncio.create_task(writers.write(CIRCLES, rate=6, seconds=8))
            await asyncio.sleep(long_or(8, 30))
            await transaction.rollback()
            released = time.monotonic()
            back = await is_back(site, 15)
            await database.close()
        await writing
        after = time.monotonic() - released
        settled = await crowd.settled()
        figures = await crowd.figures()
        told(
            "T12 locked", back=back, all_answered=after, slowest=writers.slowest, settled=settled,
            statuses=dict(writers.statuses), counts=figures["counts"],
        )  # fmt: skip
        assert set(writers.statuses) <= CLEAR, writers.refused[:5]
        assert writers.statuses[503]
        assert writers.slowest < 20
        assert "lost" not in figures["counts"], "open pages stay open"
        await nothing_lost_nothing_twice(site, writers.written)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Under `folder`, with what was in it. Only root can; without it the test says so and skips."""
    kept = folder.with_name(f"{folder.name}.kept")
    owner = folder.stat()
    folder.rename(kept)
    folder.mkdir(mode=0o700)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)],
        check=False, capture_output=True,
    )  # fmt: skip
    try:
        if mounted.returncode:
            why = f"no disk of its own for the write-ahead log: {mounted.stderr.decode().strip()}"
            sys.stderr.write(f"\nSKIPPED LOUDLY: {why}\n")
            pytest.skip(why)
        os.chown(folder, owner.st_uid, owner.st_gid)
        for each in kept.iterdir():
            subprocess.run(["cp", "-a", str(each), str(folder)], check=True)
        yield
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(kept, ignore_errors=True)


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(180)
async def test_a_full_disk_under_the_log_is_told_of_and_over_when_there_is_room(tmp_path):
    async with Served(tmp_path):
        pass
    with small_disk(tmp_path / "postgres" / "pg_wal", 200):
        async with Served(tmp_path) as site, Writers(site) as writers, Crowd() as crowd:
            await crowd.open(site.port, CIRCLES, pages=60)
            await writers.write(CIRCLES, rate=4, seconds=2)
            await crowd.figures()
            ballast = tmp_path / "postgres" / "pg_wal" / "ballast"
            with ballast.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(b"\0" * (1 << 20))
                except OSError:
                    pass
            before = dict(writers.statuses)
            writing = asyncio.create_task(writers.write(CIRCLES, rate=4, seconds=8))
            with hold(site.var, postgres=True, valkey=False) as held:
                # The segments that are there already are used up.
                for _ in range(15):
                    try:
                        database = await asyncpg.connect(held.database_url, timeout=2)
                        await database.execute("create table if not exists filler (x int)")
                        await database.execute("insert into filler values (1)")
                        await database.execute("select pg_switch_wal()")
                        await database.close()
                    except (asyncpg.PostgresError, OSError, TimeoutError):
                        break
            await asyncio.sleep(6)
            away = writers.statuses[503]
            ballast.unlink()
            back = await is_back(site, 15)
            await writing
            settled = await crowd.settled()
            told(
                "T12 disk full", before=before, back=back, settled=settled, answered_503=away,
                statuses=dict(writers.statuses),
            )  # fmt: skip
            assert away, "it was full"
            assert set(writers.statuses) <= CLEAR, writers.refused[:5]
            await nothing_lost_nothing_twice(site, writers.written)
