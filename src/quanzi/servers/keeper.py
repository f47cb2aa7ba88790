"""The keeper: `python -m quanzi.servers.keeper VAR`.

Runs the servers as its children as long as anybody keeps a connection to it. The kernel closes
the connection of a process that is killed, so nobody can be forgotten or counted twice. One
thread, because a child is tied to the thread that started it.
"""

import fcntl
import os
import signal
import socket
import sys
import time
from pathlib import Path

from quanzi.servers.account import account_for
from quanzi.servers.child import Child
from quanzi.servers.failure import ServersFailed
from quanzi.servers.folders import Folders, folders_of
from quanzi.servers.keeping import Keeping
from quanzi.servers.knocking import knock
from quanzi.servers.postgres import Postgres
from quanzi.servers.valkey import Valkey

BACKLOG = 128
LOOK_EVERY = 0.01


def main() -> None:
    folders = folders_of(Path(sys.argv[1]))
    try:
        folders.make()
        tenure = _begin_tenure(folders)
        if tenure is None:
            return
        children = _children(folders)
        door = _door(folders)
    except (OSError, KeyError, ServersFailed) as refusal:
        sys.exit(f"The keeper of {folders.var} cannot start: {refusal}")
    # The end of the first process tells the one who started us that the door is open.
    if os.fork():
        os._exit(0)
    Keeping(door, children, _ignore_signals()).run()
    os.close(tenure)


def _begin_tenure(folders: Folders) -> int | None:
    """Waits for a keeper that is leaving; none, if one is there to stay. The lock ends with the
    process, however it ends."""
    tenure = os.open(folders.tenure, os.O_RDWR | os.O_CREAT, 0o600)
    while not _locked(tenure):
        if open_door := knock(folders):
            open_door.close()
            return None
        time.sleep(LOOK_EVERY)
    return tenure


def _locked(tenure: int) -> bool:
    try:
        fcntl.flock(tenure, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _children(folders: Folders) -> dict[str, Child]:
    account = account_for(folders.var / "postgres")
    return {
        "postgres": Child(Postgres(folders, account)),
        "valkey": Child(Valkey(folders, account)),
    }


def _door(folders: Folders) -> socket.socket:
    folders.door.unlink(missing_ok=True)
    os.umask(0o077)
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(folders.door))
    door.listen(BACKLOG)
    door.settimeout(0)
    return door


def _ignore_signals() -> socket.socket:
    """Returns what becomes readable when a child ends.

    A service manager that stops a site signals all its processes at once; the servers must stay
    until the site has finished. Handlers rather than SIG_IGN, which children would inherit.
    """
    woken, waker = socket.socketpair()
    woken.settimeout(0)
    waker.settimeout(0)
    signal.set_wakeup_fd(waker.detach(), warn_on_full_buffer=False)
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(each, lambda *_: None)
    return woken


if __name__ == "__main__":
    main()
