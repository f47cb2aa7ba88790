"""T26: what has been counted is asked for again, by many at once, and nothing is counted twice."""

import asyncio
import random

from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from tests.credit.test_ledger import differences
from tests.faults.crediting import deed
from tests.faults.lengths import long_or
from tests.matrix.kept import fingerprints

DEEDS = int(long_or(600, 5000))
AT_ONCE = 20


async def in_crowds(works) -> None:
    """As many at once as the promise says, whatever order they come to."""
    queue = list(works)

    async def one() -> None:
        while queue:
            await queue.pop()

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))


async def test_every_entry_asked_for_again_changes_nothing(cast, site):
    await site.tickers_rest()
    await rows("update member set verified_at = now() where id % 2 = 0")
    members = [line["id"] for line in await rows("select id from member order by id")]
    await in_crowds([deed(random.Random(number), members) for number in range(DEEDS)])
    entries = await rows("select * from credit_entry order by id")
    before = await fingerprints()

    again = [_again(line) for line in entries] * 2
    random.Random(26).shuffle(again)
    await in_crowds([call() for call in again])

    assert len(entries) > DEEDS / 10
    assert any(line["reverses"] for line in entries)
    after = await fingerprints()
    assert [table for table in before if before[table] != after[table]] == []
    assert await differences() == []


def _again(line):
    if line["reverses"] is not None:
        return lambda: ledger.reverse(line["reverses"], line["rule"])
    cause = Cause(line["cause"], line["circle_id"], line["cause_id"])
    return lambda: ledger.enter(
        line["member_id"], line["rule"], cause, detail=line["detail"], at=line["at"]
    )
