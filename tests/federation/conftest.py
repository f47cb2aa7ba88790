"""For federation: the site takes part, and nothing is sent but by a test's own hand."""

from dataclasses import replace

import pytest

from quanzi.federation import elsewhere, opening, ours
from quanzi.outbound.posting import Outbound
from quanzi.settings import settings
from tests.federation.other import serving


@pytest.fixture
async def federating(site, database, monkeypatch):
    on = replace(settings(), federation=True, url=site.url)
    monkeypatch.setattr(ours, "settings", lambda: on)
    elsewhere.forget()
    await site.tickers_rest()
    yield
    await site.tickers_work()


@pytest.fixture
async def other(site):
    async with serving(site.url) as made:
        yield made


@pytest.fixture
async def outbound(site, other, monkeypatch):
    made = Outbound(trusted=frozenset({other.netloc}))
    monkeypatch.setattr(site.app.state, "outbound", made)
    yield made
    await made.close()


@pytest.fixture
async def opened(federating, owner, outbound):
    """The circle, open to other servers by its owner's press."""
    await opening.turn_on(await owner.place())
