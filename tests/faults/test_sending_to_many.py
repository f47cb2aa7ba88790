"""The site dies while a notice goes out to thousands, again and again: each is told, and nobody twice."""

import asyncio
import random
import re

import pytest

from tests.faults.harness import Served, beside
from tests.faults.lengths import long_or

FANS, DEATHS = long_or(6_000, 60_000), long_or(3, 12)
CIRCLE = "pearl-river-night-run"


@pytest.mark.timeout(600)
async def test_killed_in_the_middle_a_notice_reaches_each_once(var):
    chance = random.Random(8)
    async with Served(var) as site, beside(site) as database:
        await database.execute(
            f"""insert into member (handle, name)
                select 'reached' || n, '跑者' from generate_series(1, {FANS}) n"""
        )
        await database.execute(
            """insert into follow (circle_id, member_id)
               select c.id, m.id from circle c, member m where c.slug = $1 and m.handle ~ '^reached[0-9]+$'""",
            CIRCLE,
        )
        notice_id = await _sent(site)
        for _ in range(DEATHS):
            await asyncio.sleep(chance.uniform(0.05, 0.6))
            await site.kill()
            await site.start()
        told = await _all_told(database, notice_id)

        twice = await database.fetchval(
            """select count(*) from (select member_id from notice where kind = 'circle.notice' and note = $1
                                     group by member_id having count(*) > 1) t""",
            str(notice_id),
        )
        missed = await database.fetchval(
            """select count(*) from member m where m.handle ~ '^reached[0-9]+$' and not exists (
                   select 1 from notice n where n.member_id = m.id and n.kind = 'circle.notice'
                   and n.note = $1)""",
            str(notice_id),
        )
        assert (twice, missed) == (0, 0)
        assert told >= FANS


async def _sent(site: Served) -> int:
    desk = await site.signed_in("joyrun-owner")
    where = f"/c/{CIRCLE}/manage/notices"
    form = await desk.client.get(f"{where}/new")
    key = re.search(r'name="idempotency_key" value="([^"]+)"', form.text)
    assert key
    answer = await desk.post(
        f"{where}/new", title="今晚七点", body="海心沙集合。", idempotency_key=key[1]
    )
    assert answer.status_code == 303, answer.text
    one = answer.headers["location"]
    answer = await desk.post(f"{one}/send", version="1")
    assert answer.status_code == 303, answer.text
    return int(one.rsplit("/", 1)[1])


async def _all_told(database, notice_id: int) -> int:
    """To how many it went, when nothing of it waits any more."""
    while True:
        found = await database.fetchrow(
            """select n.state, n.sent, (select count(*) from concern where kind = 'circle.notice') as waiting,
                      (select count(*) from circle_notice_sent t where t.notice_id = n.id) as rows
               from circle_notice n where n.id = $1""",
            notice_id,
        )
        if found["state"] == "sent" and not found["waiting"]:
            assert found["sent"] == found["rows"]
            return int(found["sent"])
        await asyncio.sleep(0.2)
