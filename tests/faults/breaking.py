"""Breaking a site by chance, in three places at once: its servers, its processes, its pages' ways.

`async with Breaking(…) as breaking: await breaking.go_on(seconds)`. The seed says what happens and
how long each lasts; `happened` keeps when.
"""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import asyncpg
import httpx
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from quanzi.servers.folders import folders_of
from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.proxies import Proxy
from tests.faults.test_running import _workers
from tests.faults.ways import Ways

AWAY = (
    asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, ValkeyError,
    OSError, TimeoutError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Wall-clock seconds, as in the log."""

    name: str
    began: float
    over: float


class Breaking:
    def __init__(
        self,
        site: Served,
        crowd: Crowd,
        proxy: Proxy,
        *,
        seed: int,
        losing: bool,
        pages: int,
        database_url: str,
        valkey_url: str,
        pauses: tuple[float, float],
    ) -> None:
        self.site, self.seed = site, seed
        self.ways = Ways(crowd, proxy, losing=losing, pages=pages)
        self.database_url, self.valkey_url = database_url, valkey_url
        self.pauses = pauses
        self.happened: list[Fault] = []
        self._stopped: set[int] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Nothing stays broken by us."""
        for pid in self._stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        self.ways.are_good()

    def counted(self) -> dict[str, int]:
        return dict(Counter(fault.name for fault in self.happened))

    async def go_on(self, seconds: float) -> None:
        places: list[list[Callable[[random.Random], Awaitable[None]]]] = [
            [self.postgres_dies, self.connections_are_ended, self.tables_are_locked,
             self.connections_run_out, self.valkey_dies, self.valkey_freezes,
             self.valkey_forgets, self.valkey_throws_out],
            [self.a_worker_dies, self.a_worker_freezes, self.workers_are_replaced],
            self.ways.faults(),
        ]  # fmt: skip
        until = time.monotonic() + seconds
        await asyncio.gather(
            *(self._one_after_another(place, n, until) for n, place in enumerate(places))
        )

    async def _one_after_another(
        self, faults: list[Callable[[random.Random], Awaitable[None]]], place: int, until: float
    ) -> None:
        chance = random.Random(self.seed * 10 + place)
        waiting: list[Callable[[random.Random], Awaitable[None]]] = []
        while time.monotonic() < until:
            if not waiting:  # each once, before any comes again
                waiting = chance.sample(faults, len(faults))
            await asyncio.sleep(chance.uniform(*self.pauses))
            fault, began = waiting.pop(), time.time()
            await fault(chance)
            self.happened.append(Fault(fault.__name__, began, time.time()))

    # ── servers ──

    def _pid(self, server: str) -> int:
        folder = self.site.servers
        file = {
            "postgres": folder / "postgres" / "postmaster.pid",
            "valkey": folders_of(folder).run / "valkey" / "valkey.pid",
        }[server]
        return int(file.read_text().split("\n", 1)[0])

    async def postgres_dies(self, _: random.Random) -> None:
        with contextlib.suppress(*AWAY):
            os.kill(self._pid("postgres"), signal.SIGKILL)
        await self._is_back()

    async def connections_are_ended(self, _: random.Random) -> None:
        async with self._beside() as database:
            await database.execute(
                """select pg_terminate_backend(pid) from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid()"""
            )
        await self._is_back()

    async def tables_are_locked(self, chance: random.Random) -> None:
        """For longer than a statement may last, sometimes; others wait for a connection."""
        table = chance.choice(["post", "circle_head", "session", "member", "audit_entry"])
        async with self._beside() as database, database.transaction():
            await database.execute(f"lock table {table} in access exclusive mode")
            await asyncio.sleep(chance.uniform(1, 7))

    async def connections_run_out(self, chance: random.Random) -> None:
        """Somebody else has all that there are; whoever lost one cannot have another."""
        held: list[Any] = []
        try:
            for _ in range(200):
                held += [await asyncpg.connect(self.database_url, timeout=2)]
        except AWAY:
            pass
        await asyncio.sleep(chance.uniform(1, 6))
        for each in held:
            each.terminate()
        await self._is_back()

    async def valkey_dies(self, _: random.Random) -> None:
        with contextlib.suppress(*AWAY):
            os.kill(self._pid("valkey"), signal.SIGKILL)

    async def valkey_freezes(self, chance: random.Random) -> None:
        with contextlib.suppress(*AWAY):
            await self._freeze(self._pid("valkey"), chance.uniform(1, 8))

    async def valkey_forgets(self, _: random.Random) -> None:
        await self._says("FLUSHALL")

    async def valkey_throws_out(self, chance: random.Random) -> None:
        for _ in range(chance.randint(1, 5)):
            await self._says("CLIENT", "KILL", "TYPE", "pubsub")
            await asyncio.sleep(0.5)

    async def _says(self, *words: str) -> None:
        client = Valkey.from_url(self.valkey_url, socket_timeout=2)
        with contextlib.suppress(*AWAY):
            await client.execute_command(*words)
        with contextlib.suppress(*AWAY):
            await client.aclose()

    @asynccontextmanager
    async def _beside(self) -> AsyncIterator[Any]:
        """A connection of ours to the database. What becomes of it is not what is asked here."""
        database = None
        while database is None:
            with contextlib.suppress(*AWAY):
                database = await asyncpg.connect(self.database_url, timeout=5)
            await asyncio.sleep(0.1)
        with contextlib.suppress(*AWAY):
            try:
                yield database
            finally:
                database.terminate()

    # ── processes ──

    async def a_worker_dies(self, chance: random.Random) -> None:
        worker = chance.choice(await _workers(self.site))
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        await self._all_work_but(worker)

    async def a_worker_freezes(self, chance: random.Random) -> None:
        await self._freeze(chance.choice(await _workers(self.site)), chance.uniform(1, 5))

    async def workers_are_replaced(self, _: random.Random) -> None:
        for worker in await _workers(self.site):
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGTERM)
            await self._all_work_but(worker)

    async def _freeze(self, pid: int, seconds: float) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            self._stopped.add(pid)
            await asyncio.sleep(seconds)
            os.kill(pid, signal.SIGCONT)
        self._stopped.discard(pid)

    async def _all_work_but(self, worker: int) -> None:
        started = time.monotonic()
        while len(there := await _workers(self.site)) < 2 or worker in there:
            assert time.monotonic() - started < 60, "no other worker came"
            await asyncio.sleep(0.1)
        await self._is_back()

    async def _is_back(self) -> None:
        started = time.monotonic()
        async with httpx.AsyncClient(timeout=5, verify=False) as client:
            while time.monotonic() - started < 60:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{self.site.url}/readyz")).status_code == 200:
                        return
                await asyncio.sleep(0.2)
        raise AssertionError("not ready within a minute")
