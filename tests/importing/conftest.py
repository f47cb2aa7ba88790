"""What is due is done by the test's own hand."""

import pytest


@pytest.fixture
async def editor(cast, site):
    """Edits for Joyrun."""
    await site.tickers_rest()
    return cast.editor
