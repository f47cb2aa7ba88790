"""One stage for the whole table; at the end of the run, how much was asked."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from quanzi.federation import ours
from quanzi.settings import settings
from tests.matrix.stage import Stage
from tests.matrix.table import PEOPLE, ROWS
from tests.people import Cast, empty_database

# Checks that were made, by what they were about.
MADE: dict[str, int] = {"doors": 0, "twins": 0, "foreign": 0, "headers": 0}


@pytest.fixture(scope="module")
async def stage(site) -> AsyncIterator[Stage]:
    await empty_database()
    cast = Cast(site.url)
    on = replace(settings(), federation=True, url=site.url)
    async with httpx.AsyncClient(base_url=site.url, timeout=20, verify=False) as client:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(ours, "settings", lambda: on)
            made = Stage(site.url, client)
            await made.set_up(cast)
            yield made
    await cast.leave()


def pytest_terminal_summary(terminalreporter) -> None:
    if not MADE["doors"]:
        return
    kinds = {kind for row in ROWS for kind in row.objects}
    terminalreporter.write_line(
        f"authorization matrix: {len(PEOPLE)} roles × {len(ROWS)} routes × up to {len(kinds)} kinds "
        f"of objects = {MADE['doors']} checks; {MADE['twins']} refusals compared with an absent "
        f"twin, {MADE['foreign']} with another circle's child; headers of {MADE['headers']} answers"
    )
