"""What counts, counts once; what is written stays; the balance is the sum."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from quanzi import clock
from quanzi.credit import expiring, ledger, reckoning, rulebook
from quanzi.credit.ledger import Cause
from quanzi.credit.rules import Rule
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from tests.credit.first import FIRST


async def score(person) -> int:
    found = await row("select score from credit_account where member_id = $1", person.member_id)
    return found["score"] if found else 550


async def verify(*people) -> None:
    await rows(
        "update member set verified_at = now() where id = any($1::bigint[])",
        [person.member_id for person in people],
    )


async def differences() -> list[reckoning.Difference]:
    return [one async for _, differ in reckoning.recounted() for one in differ]


async def against(person, cause: int = 1, category: str = "abuse") -> int:
    return await ledger.enter(
        person.member_id, "decision", Cause("case", 0, cause), detail=category
    )


async def test_xiaolan_s_verified_name_counts_once(xiaolan):
    points = [
        await ledger.enter(xiaolan.member_id, "verified", Cause("verification")) for _ in range(3)
    ]

    assert points == [60, 0, 0]
    assert await score(xiaolan) == 610


async def test_twenty_at_once_count_once(xiaolan):
    points = await asyncio.gather(*(against(xiaolan) for _ in range(20)))

    assert sorted(points) == [-30, *[0] * 19]
    assert await score(xiaolan) == 520
    assert await differences() == []


async def test_who_is_not_verified_loses_and_does_not_earn(aqiang):
    assert await ledger.enter(aqiang.member_id, "kept", Cause("post", 1, 1)) == 0
    assert await against(aqiang) == -30
    assert await score(aqiang) == 520


async def test_the_cap_of_a_day_holds_and_the_next_day_is_another(xiaolan):
    await verify(xiaolan)
    at = clock.now() - timedelta(days=3)

    points = [
        await ledger.enter(xiaolan.member_id, "kept", Cause("post", 1, number), at=at)
        for number in range(4)
    ]
    later = await ledger.enter(
        xiaolan.member_id, "kept", Cause("post", 1, 9), at=at + timedelta(days=1)
    )

    assert points == [2, 2, 0, 0]
    assert later == 2


async def test_the_score_stays_on_the_scale_and_what_is_below_is_not_forgotten(aqiang):
    for number in range(4):
        await against(aqiang, number, "fraud")
    assert await score(aqiang) == 350
    await verify(aqiang)
    await ledger.enter(aqiang.member_id, "verified", Cause("verification"))

    assert await score(aqiang) == 350
    assert await differences() == []


async def test_what_was_reversed_no_longer_counts_and_is_reversed_once(xiaolan):
    await against(xiaolan)
    entry = (await rows("select id from credit_entry"))[0]["id"]

    assert [await ledger.reverse(entry, "overturned") for _ in range(3)] == [True, False, False]
    assert await score(xiaolan) == 550
    lines = await rows("select points, reverses from credit_entry order by id")
    assert [tuple(line) for line in lines] == [(-30, None), (30, entry)]


async def test_an_entry_stops_counting_when_its_time_has_come(xiaolan):
    long_ago = clock.now() - timedelta(days=366)
    await ledger.enter(
        xiaolan.member_id, "decision", Cause("case", 0, 1), detail="abuse", at=long_ago
    )
    await against(xiaolan, 2)
    assert await score(xiaolan) == 490

    assert await expiring.expire_due() == 1
    assert await expiring.expire_due() == 0
    assert await score(xiaolan) == 520
    assert await differences() == []


async def test_what_counted_stays_as_it_was_written(xiaolan):
    await against(xiaolan)

    for sql in ("update credit_entry set points = 0", "delete from credit_entry"):
        with pytest.raises(asyncpg.RaiseError):
            await rows(sql)


async def test_only_the_member_who_is_erased_is_let_go(xiaolan, aqiang):
    await against(xiaolan)
    await against(aqiang)

    async with transaction():
        await rows("select set_config('quanzi.erasing', $1, true)", str(xiaolan.member_id))
        await rows("delete from credit_entry where member_id = $1", xiaolan.member_id)
    with pytest.raises(asyncpg.RaiseError):
        async with transaction():
            await rows("select set_config('quanzi.erasing', $1, true)", str(xiaolan.member_id))
            await rows("delete from credit_entry where member_id = $1", aqiang.member_id)


async def test_a_balance_that_somebody_changed_by_hand_is_found(xiaolan, aqiang):
    await against(xiaolan)
    await against(aqiang)
    await rows("update credit_account set total = total + 7 where member_id = $1", aqiang.member_id)

    assert await differences() == [reckoning.Difference(aqiang.member_id, -23, -30)]


async def test_nobody_sets_a_score_past_the_ledger(xiaolan):
    await against(xiaolan)

    with pytest.raises(asyncpg.PostgresError):
        await rows("update credit_account set score = 900")


async def test_what_was_entered_under_old_rules_keeps_what_it_was_worth(xiaolan):
    await against(xiaolan, 1)
    made = {**FIRST, "decision": Rule(steps={"abuse": -50})}
    await rulebook.put_in_force(made, after=1, note="更严", by=xiaolan.member_id)
    await against(xiaolan, 2)

    lines = await rows("select points, rule_version from credit_entry order by id")
    assert [tuple(line) for line in lines] == [(-30, 1), (-50, 2)]


async def test_she_hears_of_a_loss_and_of_another_band_and_not_of_every_point(xiaolan):
    await ledger.enter(xiaolan.member_id, "verified", Cause("verification"))
    await verify(xiaolan)
    await ledger.enter(xiaolan.member_id, "kept", Cause("post", 1, 1))
    await against(xiaolan)

    told = await rows(
        "select kind from concern where member_id = $1 order by id", xiaolan.member_id
    )
    notices = await rows("select kind from notice where member_id = $1", xiaolan.member_id)
    assert sorted(line["kind"] for line in (*told, *notices)) == ["credit.band", "credit.lost"]
