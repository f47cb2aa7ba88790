"""The site as people run it: `quanzi serve` in processes of its own, to be killed and watched."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import asyncpg
import httpx

from quanzi.servers import hold
from tests.live.pages import LightPage

# Until it can be read, the demo loaded; on a machine that is busy with other things.
PATIENCE = 180
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def own_environment(var: Path, **more: str) -> dict[str, str]:
    """Not this run's servers: `quanzi` starts embedded ones of its own under `var`."""
    ours = {"DATABASE_URL", "VALKEY_URL", "QUANZI_URL"}
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    # What is tried here is filled by programs, and not set up by somebody.
    return kept | {"QUANZI_VAR": str(var), "QUANZI_SETUP": "off", **more}


async def run(var: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and everything that `quanzi …` said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "quanzi.cli", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=ROOT,
        env=own_environment(var, **environment),
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, said.decode()


class Served:
    """`async with Served(var) as site:` … `await site.kill()` … `await site.start()`."""

    def __init__(self, var: Path, *options: str, demo: bool = True, **environment: str) -> None:
        self.var = var
        # Where its embedded servers live: with another site, when it is given that one's addresses.
        self.servers = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.options = [*options] if demo else [*options, "--no-demo"]
        self.environment = own_environment(var, **environment)
        self.process: asyncio.subprocess.Process | None = None
        self._opened: list[Browser | LightPage] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        for each in self._opened:
            await each.close()
        await self.stop()

    async def start(self) -> None:
        """Returns when the site says that it can be read."""
        with (self.var / "serve.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "quanzi.cli", "serve", "--port", str(self.port), *self.options,
                stdout=asyncio.subprocess.PIPE, stderr=log, env=self.environment, cwd=ROOT,
            )  # fmt: skip
        assert self.process.stdout is not None
        try:
            line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
            assert b"Quanzi is at" in line, self.log()[-3000:]
        except BaseException:
            # It would hold its servers for ever.
            await self.kill()
            raise

    async def stop(self) -> int:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 40)

    async def kill(self) -> None:
        """kill -9: no farewell, no clean-up."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    def log(self) -> str:
        return (self.var / "serve.log").read_text()

    async def signed_in(self, handle: str, password: str = "demo-circles") -> "Browser":
        browser = Browser(self)
        self._opened.append(browser)
        await browser.sign_in(handle, password)
        return browser

    async def pages(self, count: int, circle: str) -> list[LightPage]:
        made = [LightPage(self.url, circle) for _ in range(count)]
        self._opened += made
        for page in made:
            await page.open()
        return made


@asynccontextmanager
async def beside(site: Served) -> AsyncIterator[Any]:
    """A connection to its database, for who looks into it beside the site."""
    with hold(site.servers, postgres=True, valkey=False) as held:
        database = await asyncpg.connect(held.database_url)
        try:
            yield database
        finally:
            await database.close()


class Browser:
    """A browser without scripts, which knows the forms of the contract."""

    def __init__(self, site: Served) -> None:
        self.client = httpx.AsyncClient(base_url=site.url, timeout=20)
        self.token = ""

    async def sign_in(self, handle: str, password: str) -> None:
        await self._learn_token("/signin")
        answer = await self.post("/signin", handle=handle, password=password, next="/")
        assert answer.status_code == 303, answer.text
        await self._learn_token("/me/sessions")

    async def post(self, path: str, **fields: str) -> httpx.Response:
        return await self.client.post(path, data={"_csrf_token": self.token, **fields})

    async def close(self) -> None:
        await self.client.aclose()

    async def _learn_token(self, path: str) -> None:
        found = re.search(r'data-csrf="(\w+)"', (await self.client.get(path)).text)
        assert found
        self.token = found[1]
