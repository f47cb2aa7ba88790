"""A picture that people removed is known when it comes back."""

import random

import pytest

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.screening.hashes import ALIKE, NEAR, _near_quarters, forget, known, remember
from quanzi.screening.hashing import PLAIN

REVIEWER = 7


def any_hash(chance: random.Random) -> int:
    return chance.getrandbits(64) - 2**63


def flipped(hash_: int, *places: int) -> int:
    bits = hash_ & (2**64 - 1)
    for place in places:
        bits ^= 1 << place
    return bits - 2**64 if bits >= 2**63 else bits


async def test_it_is_known_with_what_it_was_removed_for(database):
    assert await known(-12345678901234) is None
    await remember(-12345678901234, "sexual", REVIEWER)

    assert await known(-12345678901234) == "sexual"
    [line] = await rows("select * from screening_picture")
    assert (line["decided_by"], line["category"]) == (REVIEWER, "sexual")


async def test_up_to_six_bits_may_differ_wherever_they_lie(database):
    chance = random.Random(20)
    for _ in range(60):
        await remember(hash_ := any_hash(chance), "fraud", REVIEWER)
        for many in range(1, NEAR + 1):
            assert await known(flipped(hash_, *chance.sample(range(64), many))) == "fraud"
        await forget(hash_)


@pytest.mark.parametrize(
    "places",
    [
        (0, 1, 16, 17, 32, 48),
        (0, 15, 16, 31, 47, 63),
        (14, 30, 46, 47, 62, 63),
        (0, 1, 2, 3, 4, 5),
        (58, 59, 60, 61, 62, 63),
        (0, 16, 17, 32, 33, 63),
    ],
)
@pytest.mark.parametrize("hash_", [0x0F1E2D3C4B5A6978, -1, -(2**63), 2**63 - 1, 1])
async def test_also_where_no_quarter_is_left_whole(database, places, hash_):
    await remember(hash_, "abuse", REVIEWER)

    assert await known(flipped(hash_, *places)) == "abuse"


async def test_seven_bits_are_too_many(database):
    chance = random.Random(21)
    await remember(hash_ := any_hash(chance), "sexual", REVIEWER)

    for _ in range(100):
        assert await known(flipped(hash_, *chance.sample(range(64), NEAR + 1))) is None
    assert await known(flipped(hash_, *range(7))) is None


async def test_equal_bits_in_another_quarter_are_something_else(database):
    await remember(0x1234_0000_0000_0000 | 0x5678, "sexual", REVIEWER)

    assert await known(0x5678_0000_0000_0000 | 0x1234) is None


async def test_the_most_alike_is_what_counts(database):
    hash_ = 0x0F1E2D3C4B5A6978
    await remember(flipped(hash_, 1, 2, 3, 4), "advertising", REVIEWER)
    await remember(flipped(hash_, 60), "gambling", REVIEWER)

    assert await known(hash_) == "gambling"


async def test_the_later_decision_counts_and_neither_is_kept_twice(database):
    await remember(99887766554433, "advertising", REVIEWER)
    await remember(99887766554433, "fraud", REVIEWER + 1)

    assert await known(99887766554433) == "fraud"
    assert len(await rows("select 1 from screening_picture")) == 1


async def test_an_overturned_decision_is_forgotten_with_what_looks_like_it(database):
    hash_, other = 0x0F1E2D3C4B5A6978, -0x0F1E2D3C4B5A6978
    for each in (hash_, flipped(hash_, 5, 40), other):
        await remember(each, "sexual", REVIEWER)
    await forget(hash_)

    assert await known(hash_) is None
    assert await known(flipped(hash_, 5, 40)) is None
    assert await known(other) == "sexual"


async def test_a_plain_picture_is_never_known(database):
    await remember(PLAIN, "sexual", REVIEWER)
    await remember(0b111, "sexual", REVIEWER)

    assert await known(PLAIN) is None
    assert len(await rows("select 1 from screening_picture")) == 1


async def test_what_is_undone_was_not_remembered(database):
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await remember(424242424242, "sexual", REVIEWER)
            assert await known(424242424242) == "sexual"
            1 / 0  # noqa: B018

    assert await known(424242424242) is None


async def test_among_many_it_is_found_by_the_indexes(database):
    await rows(
        """insert into screening_picture (hash, category, decided_by)
           select (('x' || md5(n::text))::bit(64))::bigint, 'fraud', 1
           from generate_series(1, 20000) n"""
    )
    await rows("analyze screening_picture")
    [one] = await rows("select hash from screening_picture limit 1")
    values = (one["hash"], *_near_quarters(one["hash"]))
    plan = await rows(f"explain select category from screening_picture where {ALIKE}", *values)

    assert await known(flipped(one["hash"], 3, 17, 18, 44, 45, 63)) == "fraud"
    read = "\n".join(line[0] for line in plan)
    assert [n for n in range(4) if f"screening_picture_quarter_{n}" in read] == [0, 1, 2, 3]
