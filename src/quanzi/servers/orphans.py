"""A server that outlived its keeper, found by its pid file."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from quanzi.servers.failure import ServersFailed

PATIENCE = 20.0


def stop_orphan(pid_file: Path, mark: str, polite: signal.Signals) -> None:
    """Stop the process of this pid file if it really is that server: numbers are used again."""
    pid = _pid_in(pid_file)
    if pid is None:
        return
    if _runs(pid) and mark in _command_line(pid):
        _stop(pid, polite)
    # Left by a server that died without tidying up. PostgreSQL would take any process that has the
    # number now for another server, and a dead one that nobody has collected too.
    pid_file.unlink(missing_ok=True)


def _stop(pid: int, polite: signal.Signals) -> None:
    for how in (polite, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not _runs(pid):
                return
            time.sleep(0.01)
    raise ServersFailed(f"Process {pid}, left by an earlier run, does not stop.")


def _pid_in(pid_file: Path) -> int | None:
    try:
        first = pid_file.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and therefore not ours to stop
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Dead already, where nobody collects the dead (the first process of some containers)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except FileNotFoundError:  # not Linux
        asked = ["ps", "-o", "command=", "-p", str(pid)]
        return subprocess.run(asked, check=False, capture_output=True, text=True).stdout
