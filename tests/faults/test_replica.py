"""Visitors' pages come from a copy of the database, and never say less than the site has heard of."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.faults.harness import Served, run
from tests.faults.pair import NAME, Node, address, demo_in, two
from tests.faults.test_running import _counted as counted
from tests.live.pages import equal_fresh

CIRCLE = "campus-diary"
# Asked of a database each time: only the newest page is kept.
OLDER = f"/c/{CIRCLE}?before=1000000"


@pytest.mark.timeout(240)
async def test_a_copy_that_lags_or_is_away_costs_no_visitor_anything(folder):
    async with two(folder) as (first, second):
        (var := folder / "var").mkdir()
        await demo_in(var, address(first))
        copy = f"postgresql://{NAME}@127.0.0.1:{second.port}/{NAME}"
        both = {"DATABASE_URL": address(first), "DATABASE_REPLICA_URL": copy}
        async with (
            Served(var, **both) as site,
            httpx.AsyncClient(base_url=site.url, timeout=20) as visitor,
        ):
            code, said = await run(var, "doctor", **both)
            assert "ok    replica: follows" in said, (code, said)
            await _until(lambda: _counted_more(site, visitor, "read"))
            await _lags(site, visitor, second)
            await _is_away(site, visitor, second)
            await _goes_its_own_way(site, visitor, second)


async def _lags(site: Served, visitor: httpx.AsyncClient, copy: Node) -> None:
    author = await site.signed_in("xiaolan")
    await copy.says("select pg_wal_replay_pause()")
    assert (await author.post(f"/c/{CIRCLE}/posts", body="刚刚写的")).status_code == 303
    assert await copy.says("select count(*) from post where body = '刚刚写的'") == "0"

    await _until(lambda: _says(visitor, "刚刚写的"))
    pages = await site.pages(2, CIRCLE)
    assert await _counted_more(site, visitor, "behind")
    found = re.search(
        r'id="post-(\d+)"(?:(?!id="post-).)*?刚刚写的', (await visitor.get(OLDER)).text, re.DOTALL
    )
    assert found, "the post on the page"
    removed = await author.post(f"/c/{CIRCLE}/p/{found[1]}/delete")
    assert removed.status_code == 303, removed.text

    async def is_gone() -> bool:
        return not await _says(visitor, "刚刚写的")

    await _until(is_gone)
    assert all([await is_gone() for _ in range(20)])
    fresh = await pages[0].fresh()
    for page in pages:
        await page.reaches(fresh.seq)
    await equal_fresh(pages)
    await copy.says("select pg_wal_replay_resume()")
    await _until(lambda: _counted_more(site, visitor, "read"))


async def _is_away(site: Served, visitor: httpx.AsyncClient, copy: Node) -> None:
    copy.kill()
    answers = [await visitor.get(OLDER) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert await _counted(site, "away") == 1, "each visitor waited for it anew"
    await copy.start()
    await _until(lambda: _counted_more(site, visitor, "read"))


async def _goes_its_own_way(site: Served, visitor: httpx.AsyncClient, copy: Node) -> None:
    """Somebody promoted it: what happens there from now on has never happened here."""
    await copy.promote()
    await copy.says(
        "update post set body = '别处的过去', version = version + 1 where state = 'published'"
    )
    author = await site.signed_in("xiaolan")
    assert (await author.post(f"/c/{CIRCLE}/posts", body="这里的今天")).status_code == 303

    await _until(lambda: _says(visitor, "这里的今天"))
    assert await _counted_more(site, visitor, "other")
    assert not await _says(visitor, "别处的过去")


async def _says(visitor: httpx.AsyncClient, words: str) -> bool:
    answer = await visitor.get(OLDER)
    assert answer.status_code == 200
    return words in answer.text


async def _counted_more(site: Served, visitor: httpx.AsyncClient, how: str) -> bool:
    """Whether a page that is asked for now is answered so."""
    before = await _counted(site, how)
    assert (await visitor.get(OLDER)).status_code == 200
    return await _counted(site, how) == before + 1


async def _counted(site: Served, how: str) -> float:
    return await counted(site, f'quanzi_replica_reads_total{{how="{how}"}}')


async def _until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await is_so():
            await asyncio.sleep(0.1)
