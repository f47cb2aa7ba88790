"""Ties a child to the life of its parent, where the system can (Linux)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def follow(to_get: signal.Signals) -> None:
    """This process gets the signal when the thread that started it ends. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(to_get), 0, 0, 0)


def tied(to_get: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the child gets this signal when the parent dies, even by `kill -9`.

    It runs after the change of user, which would undo it. Safe in a process with one thread only.
    """
    if sys.platform != "linux":
        return None
    parent = os.getpid()
    control = ctypes.CDLL(None).prctl

    def tie() -> None:
        control(PR_SET_PDEATHSIG, int(to_get), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # it died before we could be tied

    return tie
