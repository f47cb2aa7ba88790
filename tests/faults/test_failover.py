"""The machine that writes is gone, and another takes over: nothing acknowledged is lost."""

import asyncio
import time
import uuid

import asyncpg
import httpx
import pytest

from tests.faults.harness import Served
from tests.faults.pair import Node, address, demo_in, two
from tests.live.pages import equal_fresh

CIRCLE = "campus-diary"


@pytest.mark.timeout(240)
async def test_what_was_acknowledged_is_there_after_the_other_took_over(folder):
    async with two(folder) as (first, second):
        await first.says("alter system set synchronous_standby_names = 'standby'")
        await first.says("select pg_reload_conf()")
        (var := folder / "var").mkdir()
        database = address(first, second)
        await demo_in(var, database)
        async with Served(var, DATABASE_URL=database) as site:
            await _fails_over(site, first, second)


async def _fails_over(site: Served, first: Node, second: Node) -> None:
    assert await first.says("select sync_state from pg_stat_replication") == "sync"
    browser = await site.signed_in("xiaolan")
    pages = await site.pages(3, CIRCLE)
    epoch = pages[0].state.epoch
    sent: dict[str, str] = {}
    acknowledged: set[str] = set()
    writing = asyncio.create_task(_writes(browser, sent, acknowledged))
    await asyncio.sleep(2)
    first.kill()
    began = time.monotonic()
    await asyncio.sleep(1)
    assert (await browser.client.get(f"/c/{CIRCLE}")).status_code in {200, 503}
    await second.promote()
    before = len(acknowledged)
    async with asyncio.timeout(30):
        while len(acknowledged) <= before:
            await asyncio.sleep(0.1)
    back = time.monotonic() - began
    await asyncio.sleep(1)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    # What was not acknowledged is sent again with its key, as a person presses again.
    for key in set(sent) - acknowledged:
        await _insists(browser, key, sent[key])

    fresh = await pages[0].fresh()
    for page in pages:
        await page.reaches(fresh.seq, timeout=30)
    await equal_fresh(pages)
    assert pages[0].state.epoch != epoch
    connection = await asyncpg.connect(
        host="127.0.0.1", port=second.port, user="quanzi", database="quanzi"
    )
    bodies = [line["body"] for line in await connection.fetch("select body from post")]
    await connection.close()
    for body in sent.values():
        assert bodies.count(body) == 1, body
    assert acknowledged
    print(f"failover: writing again {back:.1f} s after the machine was gone, {len(sent)} posts")  # noqa: T201


async def _writes(browser, sent: dict[str, str], acknowledged: set[str]) -> None:
    """One after the other, some a second; what is not answered well is tried again with its key."""
    for count in range(1000):
        key, body = str(uuid.uuid4()), f"第 {count} 篇"
        sent[key] = body
        for _ in range(200):
            try:
                answer = await browser.post(f"/c/{CIRCLE}/posts", body=body, idempotency_key=key)
            except httpx.HTTPError:
                await asyncio.sleep(0.3)
                continue
            if answer.status_code == 303:
                acknowledged.add(key)
                break
            assert answer.status_code in {429, 503}, answer.text
            await asyncio.sleep(0.3)
        await asyncio.sleep(0.2)


async def _insists(browser, key: str, body: str) -> None:
    for _ in range(60):
        answer = await browser.post(f"/c/{CIRCLE}/posts", body=body, idempotency_key=key)
        if answer.status_code == 303:
            return
        await asyncio.sleep(0.5)
    pytest.fail("never accepted")
