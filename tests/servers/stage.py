"""What a test of the servers may do: hold them, hold them in another process, look, kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from quanzi.servers import Held, hold

CLIENT = """
import sys, pathlib
from quanzi.servers import hold
held = hold(pathlib.Path(sys.argv[1]), postgres=True, valkey=True)
print(held.database_url, held.valkey_url, flush=True)
sys.stdin.read()
held.release()
"""


@dataclass
class Client:
    """A process of its own that holds the servers until it is told to go, or killed."""

    process: subprocess.Popen[str]

    def urls(self) -> list[str]:
        assert self.process.stdout
        return self.process.stdout.readline().split()

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        with self.process:  # closes its pipes, and waits
            pass


@dataclass
class Stage:
    var: Path
    helds: list[Held] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)

    def hold(self, *, postgres: bool = True, valkey: bool = True) -> Held:
        held = hold(self.var, postgres=postgres, valkey=valkey)
        self.helds.append(held)
        return held

    def client(self, python: str = sys.executable, **how: Any) -> Client:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        process = subprocess.Popen(
            [python, "-c", CLIENT, str(self.var)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            **how,
        )
        self.clients.append(Client(process))
        return self.clients[-1]

    def keepers(self) -> list[int]:
        return self._pids("quanzi.servers.keeper")

    def postmasters(self) -> list[int]:
        return self._pids("/bin/postgres -D")

    def valkeys(self) -> list[int]:
        return self._pids("/valkey-server ")

    def all(self) -> list[int]:
        return self.keepers() + self.postmasters() + self.valkeys()

    def owners(self) -> set[int]:
        return {Path(f"/proc/{pid}").stat().st_uid for pid in self.all()}

    def _pids(self, mark: str) -> list[int]:
        return [pid for pid, line in _command_lines() if mark in line and str(self.var) in line]

    def clear(self) -> None:
        for held in self.helds:
            held.release()
        for client in self.clients:
            client.kill()
        wait_for(lambda: not self.all())


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not _lives(pid))


def wait_for(reached: Callable[[], object], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


async def ask(url: str, sql: str) -> Any:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _command_lines() -> list[tuple[int, str]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended while we looked
        if line and _lives(int(folder.name)):
            found.append((int(folder.name), line))
    return found
