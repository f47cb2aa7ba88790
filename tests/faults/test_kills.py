"""T6: the whole site dies while somebody writes, again and again; nothing acknowledged is lost.

By chance; `test_moments.py` kills at moments with names.
"""

import asyncio
import os
import random
import uuid

import asyncpg
import pytest

from quanzi.servers import hold
from tests.faults.harness import Served
from tests.faults.lengths import long_or
from tests.live.pages import equal_fresh

KILLS = int(os.environ.get("QUANZI_KILLS", "") or long_or(4, 40))
CIRCLE = "campus-diary"


@pytest.mark.timeout(600)
async def test_what_was_acknowledged_is_there_once_after_every_kill(var):
    chance = random.Random(6)
    async with Served(var) as site:
        browser = await site.signed_in("xiaolan")
        pages = await site.pages(5, CIRCLE)
        sent: dict[str, str] = {}
        acknowledged: set[str] = set()
        for number in range(KILLS):
            writing = asyncio.create_task(_writes(browser, number, sent, acknowledged))
            await asyncio.sleep(chance.uniform(0.02, 0.25))
            if number == KILLS - 1:
                while not acknowledged:
                    await asyncio.sleep(0.05)
            await site.kill()
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            await site.start()
        # What was not acknowledged is sent again with its key, as a person presses again.
        again = set(sent) - acknowledged | set(sorted(acknowledged)[:3])
        for key in again:
            await _insists(browser, key, sent[key])

        fresh = await pages[0].fresh()
        for page in pages:
            await page.reaches(fresh.seq, timeout=15)
        await equal_fresh(pages)
        await _nothing_lost_nothing_twice(site, sent)
        assert acknowledged
        assert len(acknowledged) <= len(sent)


async def _writes(browser, number: int, sent: dict[str, str], acknowledged: set[str]) -> None:
    for count in range(1000):
        key, body = str(uuid.uuid4()), f"第 {number} 次之前的第 {count} 篇"
        sent[key] = body
        answer = await browser.post(f"/c/{CIRCLE}/posts", body=body, idempotency_key=key)
        if answer.status_code == 429:
            del sent[key]
            await asyncio.sleep(0.3)
            continue
        assert answer.status_code == 303
        acknowledged.add(key)


async def _insists(browser, key: str, body: str) -> None:
    while True:
        answer = await browser.post(f"/c/{CIRCLE}/posts", body=body, idempotency_key=key)
        if answer.status_code != 429:
            assert answer.status_code == 303
            return
        await asyncio.sleep(int(answer.headers["retry-after"]))


async def _nothing_lost_nothing_twice(site: Served, sent: dict[str, str]) -> None:
    connection = await asyncpg.connect(_url_of(site))
    try:
        found = await connection.fetch(
            "select p.body, count(*) as n from post p join circle c on c.id = p.circle_id"
            " where c.slug = $1 group by p.body",
            CIRCLE,
        )
        counts = {line["body"]: line["n"] for line in found}
        assert {body: counts.get(body, 0) for body in sent.values()} == dict.fromkeys(
            sent.values(), 1
        )
        dense = await connection.fetchrow(
            """select count(*) as n, max(e.seq) as top, min(h.head) as head
               from circle_event e join circle_head h on h.circle_id = e.circle_id
               join circle c on c.id = e.circle_id where c.slug = $1""",
            CIRCLE,
        )
        assert dense["n"] == dense["top"] == dense["head"]
    finally:
        await connection.close()


def _url_of(site: Served) -> str:
    with hold(site.var, postgres=True, valkey=False) as held:
        return held.database_url
