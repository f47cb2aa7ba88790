"""T16, P2, P4, P5: numbers are dense, in the order of the commits, whatever holds or fails."""

import asyncio
import itertools
import random
import time

import pytest
from asyncpg import DeadlockDetectedError

from quanzi.activity import reading
from quanzi.activity.recording import record
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from tests.faults.lengths import long_or, told

SECONDS = long_or(4, 60)


class _Undone(Exception):
    """The deed fails after it took its number."""


async def test_a_reader_never_sees_a_number_before_all_below_it(cast):
    chance = random.Random(16)
    until = time.monotonic() + SECONDS
    counts = {"written": 0, "undone": 0}

    async def write(circle_id: int) -> None:
        while time.monotonic() < until:
            try:
                async with transaction():
                    await asyncio.sleep(chance.choice((0, 0, 0.002, 0.01)))
                    await record(circle_id, "post.published", 1, 1, None)
                    if chance.random() < 0.2:
                        raise _Undone
                counts["written"] += 1
            except _Undone:
                counts["undone"] += 1

    async def read(circle_id: int) -> int:
        seen = 0
        while time.monotonic() < until + 0.5:
            for event in await reading.after(circle_id, seen, 500):
                assert event.seq == seen + 1
                seen = event.seq
            await asyncio.sleep(0.001)
        return seen

    circles = [cast.circle_id, cast.other_id]
    seen, *_ = await asyncio.gather(
        *(read(each) for each in circles), *(write(circles[n % 4 == 3]) for n in range(16))
    )

    heads = await reading.heads(circles)
    assert seen == heads[cast.circle_id].seq
    assert sum(head.seq for head in heads.values()) == counts["written"]
    assert counts["undone"] > 0
    told("T16", written=counts["written"] / SECONDS, undone=counts["undone"], missed=0)


async def test_sixteen_writers_who_hold_nothing_write_many_a_second_in_order(cast):
    """The queue at one circle's counter is the only thing that they wait for."""
    until = time.monotonic() + SECONDS / 2
    written = itertools.count()

    async def write() -> None:
        while time.monotonic() < until:
            async with transaction():
                await record(cast.circle_id, "post.published", 1, 1, None)
            next(written)

    await asyncio.gather(*(write() for _ in range(16)))

    head = (await reading.heads([cast.circle_id]))[cast.circle_id].seq
    assert head == next(written)
    told("T16", one_stream_a_second=head / (SECONDS / 2))


async def test_two_circles_in_one_deed_in_either_order_leave_no_gap_and_nobody_waits_for_ever(cast):
    """No verb of ours does this; one that did would be ended by the database, and its number too."""
    chance = random.Random(160)
    both = [cast.circle_id, cast.other_id]
    counts = {"written": 0, "ended": 0}

    async def write(writer: int) -> None:
        for _ in range(12):
            first, second = both if (writer + chance.randrange(2)) % 2 else both[::-1]
            try:
                async with transaction():
                    # The database looks for such pairs after a second; not so long here.
                    await rows("set local deadlock_timeout = '20ms'")
                    await record(first, "post.published", 1, 1, None)
                    await asyncio.sleep(chance.choice((0, 0.002)))
                    await record(second, "post.published", 1, 1, None)
                counts["written"] += 1
            except DeadlockDetectedError:
                counts["ended"] += 1

    async with asyncio.timeout(100):
        await asyncio.gather(*(write(each) for each in range(4)))

    heads = await reading.heads(both)
    assert [heads[each].seq for each in both] == [counts["written"]] * 2
    for each in both:
        found = await reading.after(each, 0, 500)
        assert [event.seq for event in found] == list(range(1, counts["written"] + 1))
    assert counts["ended"] > 0, counts


async def test_what_fails_leaves_no_number_and_rings_nobody(cast):
    rung = []

    async def ring() -> None:
        rung.append(1)

    with pytest.raises(_Undone):
        async with transaction():
            await record(cast.circle_id, "post.published", 1, 1, None)
            after_commit(ring)
            raise _Undone

    assert await rows("select 1 from circle_event where circle_id = $1", cast.circle_id) == []
    assert rung == []


async def test_a_failing_announcement_harms_nothing(cast):
    async def fails() -> None:
        raise RuntimeError

    async with transaction():
        seq = await record(cast.circle_id, "post.published", 1, 1, None)
        after_commit(fails)

    assert (await reading.heads([cast.circle_id]))[cast.circle_id].seq == seq


async def test_a_verb_in_a_verb_is_one_transaction(cast):
    with pytest.raises(_Undone):
        async with transaction():
            async with transaction():
                await record(cast.circle_id, "post.published", 1, 1, None)
            raise _Undone

    assert (await reading.heads([cast.circle_id]))[cast.circle_id].seq == 0


async def test_an_unknown_circle_has_no_log(database):
    with pytest.raises(LookupError):
        async with transaction():
            await record(-1, "post.published", 1, 1, None)
