"""One real PostgreSQL and one real Valkey per run; one site in this process; a cast of people."""

import asyncio
import functools
import inspect
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import hypothesis
import pytest
import uvloop

from quanzi import servers

_var = Path(tempfile.mkdtemp(prefix="quanzi-tests-"))
_held = servers.hold(_var, postgres=True, valkey=True)
# Before anything of the program reads its settings.
os.environ.update(
    DATABASE_URL=_held.database_url, VALKEY_URL=_held.valkey_url, QUANZI_VAR=str(_var)
)
os.environ.pop("QUANZI_URL", None)
# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("quanzi", deadline=None)
hypothesis.settings.load_profile("quanzi")
# Nothing here goes to see where a post's link leads, unless a test is about that.
os.environ["QUANZI_LINK_PREVIEWS"] = "off"

from quanzi.app import create_app  # noqa: E402 - the settings above come first
from quanzi.db.engine import ENGINE  # noqa: E402
from quanzi.db.migrating import migrate  # noqa: E402
from quanzi.screening import pictures  # noqa: E402
from quanzi.serving import Server, _config  # noqa: E402
from quanzi.web.front import Front  # noqa: E402
from tests.people import Cast, Person, empty_database  # noqa: E402

# The first look takes longer, since a child has to start: not every test of pictures is about that.
pictures.WITHIN = 20.0


def pytest_asyncio_loop_factories(config, item):
    """The loop that serves people."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_modifyitems(config, items) -> None:
    """A test that waits in vain fails by itself. pytest-timeout's signal is not enough: what its
    handler raises does not reach a coroutine that uvloop drives, and the run would stand for ever.
    """
    for item in items:
        if inspect.iscoroutinefunction(getattr(item, "obj", None)):
            marked = item.get_closest_marker("timeout")
            within = marked.args[0] if marked else float(config.getini("timeout"))
            item.obj = _in_time(item.obj, within - 5)


def _in_time(test, within: float):
    @functools.wraps(test)
    async def run(*args, **kwargs):
        async with asyncio.timeout(within):
            await test(*args, **kwargs)

    return run


def pytest_unconfigure() -> None:
    _held.release()
    shutil.rmtree(_var, ignore_errors=True)


class Site:
    """The site, really listening, in this process and event loop."""

    def __init__(self) -> None:
        self.app = create_app()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.server = Server(_config(Front(self.app)), self.app)

    @property
    def station(self):
        return self.app.state.station

    @property
    def hub(self):
        return self.app.state.station.hub

    async def tickers_rest(self) -> None:
        """Until the next test begins: what is due is done by the test's own hand."""
        for ticker in self.app.state.tickers:
            await ticker.stop()

    async def tickers_work(self) -> None:
        for ticker in self.app.state.tickers:
            ticker.start()

    async def start(self) -> None:
        self.task = asyncio.create_task(self.server._serve([self.listening]))
        while not self.server.started:
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        self.server.should_exit = True
        await self.task


@pytest.fixture(scope="session")
async def site() -> AsyncIterator[Site]:
    await migrate()
    running = Site()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def database(site: Site) -> None:
    """Empty, migrated, and the one that the site uses. Ids go on counting: nothing is met again."""
    # Who looks for something due holds rows of one table and wants another's.
    await site.tickers_rest()
    await empty_database()
    await site.tickers_work()


@pytest.fixture
async def cast(database: None, site: Site) -> AsyncIterator[Cast]:
    made = Cast(site.url)
    await made.arrive()
    yield made
    await made.leave()


@pytest.fixture
async def xiaolan(cast: Cast) -> Person:
    """A member."""
    return cast.xiaolan


@pytest.fixture
async def aqiang(cast: Cast) -> Person:
    """Another member."""
    return cast.aqiang


@pytest.fixture
async def owner(cast: Cast) -> Person:
    """Owns Joyrun, who run the circle `night-run`."""
    return cast.owner


@pytest.fixture
async def editor(cast: Cast) -> Person:
    """Edits for Joyrun."""
    return cast.editor


@pytest.fixture
async def reviewer(cast: Cast) -> Person:
    return cast.reviewer


@pytest.fixture
async def maimai(cast: Cast) -> Person:
    """Owns Maimai, another partner, who run the circle `banking`."""
    return cast.maimai


@pytest.fixture
async def visitor(cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    """Nobody: a browser without a session."""
    async with httpx.AsyncClient(base_url=cast.url, verify=False) as client:
        yield client


__all__ = ["ENGINE"]
