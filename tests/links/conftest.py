"""The site that is linked to."""

import pytest

from tests.links.site import LinkedSite


@pytest.fixture
async def linked():
    made = LinkedSite()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def outbound(linked):
    made = linked.outbound()
    yield made
    await made.close()
