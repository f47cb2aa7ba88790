"""A client's way to the keeper: knock, start one if nobody opens, say what is needed, wait."""

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from quanzi.servers.failure import ServersFailed
from quanzi.servers.folders import Folders
from quanzi.servers.logs import open_log, size, tail

# After a crash PostgreSQL first reads its log, which can take its time.
PATIENCE = 120.0
# A keeper that leaves may have to give PostgreSQL time to write.
START_PATIENCE = 60.0


def attach(folders: Folders, needs: Sequence[str]) -> socket.socket:
    """The connection that keeps the servers running; they answer when this returns."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = knock(folders) or _start_and_knock(folders)
        if connection is not None and _served(connection, needs):
            return connection
    raise ServersFailed(f"The keeper of {folders.var} comes and goes; see {folders.log}.")


def knock(folders: Folders) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(folders.door))
    except OSError as refusal:
        connection.close()
        if isinstance(refusal, FileNotFoundError | ConnectionRefusedError):
            return None  # nobody is there
        raise
    return connection


def _start_and_knock(folders: Folders) -> socket.socket | None:
    folders.make()
    with _locked(folders.opening):
        # While we waited for the lock, another may have started it.
        connection = knock(folders)
        if connection is None:
            _start(folders)
            connection = knock(folders)
        return connection


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _start(folders: Folders) -> None:
    """Returns when its door is open. A session of its own: a terminal's Ctrl-C passes it by."""
    log = folders.log / "keeper.log"
    before = size(log)
    # It finds the same packages as we do, whatever made them importable here.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment |= {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    try:
        with open_log(log) as opened:
            subprocess.run(
                [sys.executable, "-P", "-m", "quanzi.servers.keeper", str(folders.var)],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=opened,
                cwd="/",
                env=environment,
                start_new_session=True,
                timeout=START_PATIENCE,
            )
    except subprocess.CalledProcessError as failed:
        raise ServersFailed(tail(log, before) or f"The keeper cannot start: {failed}") from None
    except subprocess.TimeoutExpired:
        raise ServersFailed(
            f"Another process holds {folders.tenure} and cannot be reached."
        ) from None


def _served(connection: socket.socket, needs: Sequence[str]) -> bool:
    """Whether they answer; not, if the keeper was just leaving."""
    connection.settimeout(PATIENCE)
    try:
        connection.sendall(f"{' '.join(needs)}\n".encode())
        with connection.makefile("rb") as stream:
            answer = stream.readline()
    except TimeoutError:
        connection.close()
        raise ServersFailed(f"{' and '.join(needs)}: no answer in {PATIENCE:.0f} s.") from None
    except ConnectionError:
        answer = b""
    if not answer.endswith(b"\n"):
        connection.close()
        return False
    if "failed" in (said := json.loads(answer)):
        connection.close()
        raise ServersFailed(said["failed"])
    connection.settimeout(None)
    return True
