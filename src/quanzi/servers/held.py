"""Holding the servers: they run from `hold` until the last holder has released or died."""

import contextlib
import logging
import os
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from quanzi.servers import postgres as postgresql
from quanzi.servers import valkey as valkey_server
from quanzi.servers.failure import ServersFailed
from quanzi.servers.folders import folders_of
from quanzi.servers.knocking import attach

RELEASE_PATIENCE = 30.0
RETRY_EVERY = 1.0

log = logging.getLogger(__name__)


def hold(var: Path, *, postgres: bool, valkey: bool) -> "Held":
    """Returns when the servers asked for answer. Raises ServersFailed."""
    return Held(var, postgres=postgres, valkey=valkey)


class Held:
    """Addresses are empty for what was not asked for. Belongs to the process that made it."""

    def __init__(self, var: Path, *, postgres: bool, valkey: bool) -> None:
        self._folders = folders_of(var)
        self.database_url = postgresql.url(self._folders) if postgres else ""
        self.valkey_url = valkey_server.url(self._folders) if valkey else ""
        self._needs = ["postgres"] * postgres + ["valkey"] * valkey
        self._holder = os.getpid()
        self._released = threading.Event()
        self._connection: socket.socket | None = None
        if self._needs:
            self._connection = self._attach()
            self._watcher = threading.Thread(target=self._watch, name="servers", daemon=True)
            self._watcher.start()

    def release(self) -> None:
        """Returns when the servers have stopped, or are needed by somebody else."""
        if self._connection is None or self._released.is_set():
            return
        if os.getpid() != self._holder:
            return  # a forked copy: our parent still holds them
        self._released.set()
        self._let_go()
        self._watcher.join(RELEASE_PATIENCE)
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _attach(self) -> socket.socket:
        try:
            return attach(self._folders, self._needs)
        except OSError as refusal:
            sentence = f"The folder {self._folders.var} cannot be used: {refusal}"
            raise ServersFailed(sentence) from refusal

    def _watch(self) -> None:
        """The keeper hangs up after our release. Before it, only because it was killed."""
        while self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.recv(1)
            if self._released.is_set():
                return
            log.warning("The keeper of %s is gone; starting another.", self._folders.var)
            self._connection.close()
            self._connection = self._attach_again()
            if self._released.is_set():
                self._let_go()

    def _attach_again(self) -> socket.socket:
        while True:
            try:
                return self._attach()
            except ServersFailed as failed:
                log.error("%s", failed)  # noqa: TRY400 - the sentence says it all
                self._released.wait(RETRY_EVERY)

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_WR)
