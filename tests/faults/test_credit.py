"""T26: thousands of deeds about credit at once, and the process killed among them, twice."""

import asyncio
import signal
import sys

from quanzi.credit.bands import CEILING, FLOOR, START
from quanzi.db.engine import rows
from tests.credit.test_ledger import differences

DEEDS = 2500


async def deeds(seed: int, *, killed_after: float = 0.0) -> None:
    """In a process of its own; until it is done, or killed without a word."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.crediting",
        str(seed),
        str(DEEDS),
        stdout=asyncio.subprocess.PIPE,
    )
    if killed_after:
        # From the first entry on: starting up takes its time.
        before = await counted()
        while await counted() == before:
            await asyncio.sleep(0.05)
        await asyncio.sleep(killed_after)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL, "it had been done before it was killed"
        return
    said, _ = await process.communicate()
    assert said.strip() == b"done"


async def counted() -> int:
    return int((await rows("select count(*) from credit_entry"))[0][0])


async def totals() -> dict[int, int]:
    found = await rows("select member_id, total from credit_account")
    return {line["member_id"]: line["total"] for line in found}


async def test_balances_are_what_the_ledger_says_also_after_two_kills(cast, site):
    await site.tickers_rest()
    await rows("update member set verified_at = now() where id % 2 = 0")

    await deeds(1, killed_after=0.7)
    await deeds(2, killed_after=0.7)
    assert await differences() == []
    await deeds(1)
    await deeds(2)

    assert await differences() == []
    assert await twice() == []
    scores = [line["score"] for line in await rows("select score from credit_account")]
    assert all(FLOOR <= score <= CEILING for score in scores)
    assert len(scores) == 8
    for member_id, total in (await totals()).items():
        found = await rows("select score from credit_account where member_id = $1", member_id)
        assert found[0]["score"] == max(FLOOR, min(CEILING, START + total))


async def test_who_is_not_verified_has_earned_nothing_but_the_verification(cast, site):
    await site.tickers_rest()
    await deeds(3)

    earned = await rows(
        "select distinct rule from credit_entry where points > 0 and reverses is null"
    )
    assert {line["rule"] for line in earned} <= {"verified"}
    assert await differences() == []


async def twice() -> list[object]:
    """Causes that counted twice, and entries that were taken back twice."""
    return [
        *await rows(
            """select member_id from credit_entry where reverses is null
               group by member_id, rule, detail, cause, circle_id, cause_id having count(*) > 1"""
        ),
        *await rows(
            """select reverses from credit_entry where reverses is not null
               group by reverses having count(*) > 1"""
        ),
    ]
