"""How many: exactly, and about."""

import pytest

from quanzi.activity import tallying
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.fans import counting
from quanzi.fans.conditions import Conditions


@pytest.fixture
async def many(cast):
    """Two hundred who follow; every fourth has a verified name."""
    await rows(
        """with made as (insert into member (handle, name, verified_at)
                         select 'fan-' || n, '粉丝', case when n % 4 = 0 then now() end
                         from generate_series(1, 200) as n returning id)
           insert into follow (circle_id, member_id) select $1, id from made""",
        cast.circle_id,
    )
    async with transaction():
        await tallying.add(cast.circle_id, tallying.FOLLOWERS, cast.circle_id, 200)
    return cast


async def test_few_are_counted_exactly(many):
    assert await counting.counted(many.circle_id, Conditions(verified=True)) == counting.Counted(50)


async def test_many_are_estimated_and_it_is_said(many, monkeypatch):
    monkeypatch.setattr(counting, "EXACT", 20)
    found = await counting.counted(many.circle_id, Conditions(verified=True))

    assert found.about
    assert 30 <= found.n <= 70


async def test_what_takes_too_long_is_estimated(many, monkeypatch):
    monkeypatch.setattr(counting, "PATIENCE_MS", 1)
    monkeypatch.setattr(counting, "_within_patience", too_slow)

    assert (await counting.counted(many.circle_id, Conditions())).about


async def too_slow(circle_id: int, conditions: Conditions) -> int:
    async with transaction():
        await rows("set local statement_timeout = 1")
        await rows("select pg_sleep(5)")
    return 0


async def test_a_circle_without_followers_has_none(cast):
    assert await counting.counted(cast.circle_id, Conditions()) == counting.Counted(0)
