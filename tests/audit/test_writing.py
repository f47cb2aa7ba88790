"""What was done is written once, in its order, with the deed or not at all."""

import asyncio
import tracemalloc
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from quanzi import clock
from quanzi.audit import anchoring, chain, erasing, reading, verifying, writing
from quanzi.db.engine import connection, rows
from quanzi.db.transaction import transaction
from tests.audit.log import written


async def numbers() -> list[int]:
    return [line["seq"] for line in await rows("select seq from audit_entry order by seq")]


async def test_what_the_moderator_decided_is_read_as_it_was_written(cast, moderator, xiaolan):
    before = clock.now() - timedelta(seconds=2)
    seq = await writing.write(
        "case.decided",
        actor_id=moderator.member_id,
        circle_id=cast.circle_id,
        about="post:3:17",
        member_id=xiaolan.member_id,
        detail={"reason": "“广告”\\ 🏃\n\x7f\x01", "points": -30, "weight": 1.10, "more": [None]},
    )

    [entry] = await reading.entries(circle_id=cast.circle_id, before=None, limit=10)

    assert (entry.seq, entry.actor_id, entry.deed) == (seq, moderator.member_id, "case.decided")
    assert (entry.about, entry.member_id) == ("post:3:17", xiaolan.member_id)
    assert entry.detail == {
        "reason": "“广告”\\ 🏃\n\x7f\x01",
        "points": -30,
        "weight": 1.10,
        "more": [None],
    }
    assert before < entry.at < clock.now() + timedelta(seconds=2)
    assert (await verifying.verify()).fault is None


async def test_the_site_itself_acts_without_a_name_and_without_a_reason(database):
    assert await writing.write("exports.swept", actor_id=None) == 1

    [entry] = await reading.entries(circle_id=None, before=None, limit=10)
    assert (entry.actor_id, entry.member_id, entry.circle_id, entry.detail) == (None, None, 0, {})
    assert (await verifying.verify()).fault is None


async def test_it_is_turned_like_pages_newest_first_by_circle(database):
    await written(5)
    await writing.write("elsewhere.done", actor_id=1, circle_id=8)

    newest = await reading.entries(circle_id=None, before=None, limit=2)
    assert [entry.seq for entry in newest] == [6, 5]
    older = await reading.entries(circle_id=3, before=5, limit=2)
    assert [entry.seq for entry in older] == [4, 3]
    assert [e.seq for e in await reading.entries(circle_id=8, before=None, limit=9)] == [6]


async def test_fifty_who_write_at_once_stay_in_one_line(database):
    async def decides(number: int) -> int:
        async with transaction():
            seq = await writing.write("case.decided", actor_id=number, detail={"n": number})
            await asyncio.sleep(0.002)
        return seq

    given = await asyncio.gather(*(decides(number) for number in range(50)))

    assert sorted(given) == list(range(1, 51)) == await numbers()
    verdict = await verifying.verify()
    assert (verdict.fault, verdict.entries) == (None, 50)
    times = [line["at"] for line in await rows("select at from audit_entry order by seq")]
    assert times == sorted(times)


async def test_what_was_taken_back_leaves_no_entry_and_no_gap(database):
    await written(2)
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            assert await writing.write("case.decided", actor_id=1) == 3
            raise ZeroDivisionError

    assert await writing.write("case.decided", actor_id=1) == 3
    assert await numbers() == [1, 2, 3]
    assert (await verifying.verify()).fault is None


async def test_several_in_one_statement_are_chained_as_well(database):
    await rows(
        "insert into audit_entry (deed, circle_id) select 'x', n from generate_series(1, 5) n"
    )

    assert await numbers() == [1, 2, 3, 4, 5]
    assert (await verifying.verify()).fault is None


async def test_the_head_is_what_the_next_one_is_chained_to(database):
    assert await anchoring.head() == (0, chain.START)
    await written(2)
    seq, before = await anchoring.head()
    await written(1)

    [made] = await rows("select before from audit_entry where seq = 3")
    assert (seq, before) == (2, made["before"])


async def test_xiaolan_s_erasure_takes_the_words_and_leaves_the_chain(database):
    await written(2, member_id=7)
    await written(2, actor_id=7, member_id=3)
    await written(1, member_id=4)
    whole = await verifying.verify()

    assert await erasing.forget(7) == 4
    assert await erasing.forget(7) == 0

    verdict = await verifying.verify()
    assert (verdict.fault, verdict.hash) == (None, whole.hash)
    assert (verdict.entries, verdict.blanked) == (5, 4)
    left = await rows("select seq, detail, salt from audit_entry where salt is not null")
    assert [line["seq"] for line in left] == [5]
    kept = await reading.entries(circle_id=None, before=None, limit=9)
    assert [entry.detail is None for entry in kept] == [False, True, True, True, True]


async def test_a_long_list_of_decisions_is_forgotten_in_pieces(database, monkeypatch):
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    await written(5, member_id=7)

    assert [await erasing.forget(7) for _ in range(4)] == [2, 2, 1, 0]


async def test_a_hundred_thousand_are_verified_in_little_memory(database):
    await many(100_000)
    told = []
    verdict = await verifying.verify(told=told.append)
    tracemalloc.start()
    try:
        await verifying.latest(30_000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (verdict.fault, verdict.entries, sum(told)) == (None, 100_000, 100_000)
    # Held all together they would be six times as much.
    assert most < 12 * 2**20


async def many(count: int) -> None:
    """Chained by the verifier's own words, since the database takes its time."""
    at, salt, detail = datetime(2026, 11, 27, tzinfo=UTC), bytes(32), '{"reason": "广告"}'
    detail_hash = sha256(salt + detail.encode()).digest()
    micros, before, made = str(int(at.timestamp()) * 1_000_000), chain.START, []
    for seq in range(1, count + 1):
        line = {"at": micros, "actor_id": 1, "deed": "case.decided", "circle_id": 3, "about": "",
                "member_id": 2, "detail_hash": detail_hash, "before": before}  # fmt: skip
        after = chain.hash_of(line, seq)
        made.append(
            (seq, at, 1, "case.decided", 3, "", 2, detail, salt, detail_hash, before, after)
        )
        before = after
    async with connection() as held, held.transaction():
        await held.execute("set local session_replication_role = replica")
        await held.copy_records_to_table("audit_entry", records=made, timeout=60)


@pytest.fixture
def moderator(cast):
    return cast.moderator
