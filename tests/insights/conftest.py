"""Days are rolled by the tests' own hand."""

import pytest

from quanzi.activity import seeing
from quanzi.db.engine import rows


@pytest.fixture(autouse=True)
async def resting(site, database):
    await site.tickers_rest()
    await rows("delete from insight_roll")
    seeing.taken()
    yield
    await site.tickers_work()
