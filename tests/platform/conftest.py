"""For webhooks: nothing is sent but by a test's own hand, to a program of its own."""

import pytest

from quanzi.outbound.posting import Outbound
from tests.platform.receiver import receiving


@pytest.fixture
async def resting(site, database):
    await site.tickers_rest()
    yield
    await site.tickers_work()


@pytest.fixture
async def program():
    async with receiving() as made:
        yield made


@pytest.fixture
async def outbound(program):
    made = Outbound(trusted=frozenset({program.netloc}))
    yield made
    await made.close()
