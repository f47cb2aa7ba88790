"""One server, run in the foreground as a child: started, watched, started again, stopped.

Nothing here waits but `prepare` and `stop`; the keeper comes by as often as `pause` asks.
"""

import signal
import subprocess
import time
from pathlib import Path
from typing import Protocol

from quanzi.servers.account import Account
from quanzi.servers.failure import ServersFailed
from quanzi.servers.logs import open_log, rotate, size, tail
from quanzi.servers.tie import tied

LOOK_EVERY = 0.01
FIRST_DELAY = 0.1
LONGEST_DELAY = 5.0
# Up for so long, a server was well, and its end is not part of a row of failed starts.
WELL_AFTER = 10.0


class Server(Protocol):
    name: str
    account: Account
    log: Path
    stop_signal: signal.Signals
    last_signal: signal.Signals
    patience: float

    def prepare(self) -> None: ...
    def command(self) -> list[str]: ...
    def answers(self) -> bool: ...


class Child:
    def __init__(self, server: Server) -> None:
        self.up = False
        self.failures = 0
        self.failure = ""
        self._server = server
        self._process: subprocess.Popen[bytes] | None = None
        self._delay = FIRST_DELAY
        self._due = 0.0
        self._started = 0.0
        self._log_before = 0

    def look(self) -> None:
        if self._process is None:
            if time.monotonic() >= self._due:
                self._try_start()
        elif self._process.poll() is not None:
            self._ended()
        elif not self.up:
            self.up = self._server.answers()

    def answers(self) -> bool:
        """Asked anew: what was up a moment ago may have been killed since."""
        return self.up and self._server.answers()

    def pause(self) -> float | None:
        """Seconds until it wants to be looked at again; none: when it ends."""
        if self._process is None:
            return max(0.0, self._due - time.monotonic())
        return None if self.up else LOOK_EVERY

    def rotate_log(self) -> None:
        rotate(self._server.log)

    def ask_to_stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(self._server.stop_signal)

    def stop(self) -> None:
        """Returns when it is gone. It has been asked to go."""
        if self._process is None:
            return
        for harder in (self._server.last_signal, signal.SIGKILL):
            try:
                self._process.wait(self._server.patience)
            except subprocess.TimeoutExpired:
                self._process.send_signal(harder)
        self._process.wait()

    def _try_start(self) -> None:
        try:
            self._start()
        except (OSError, ServersFailed, subprocess.SubprocessError) as refusal:
            self._failed(f"{self._server.name} cannot be started: {refusal}")
            self._later()

    def _start(self) -> None:
        self._server.prepare()
        rotate(self._server.log)
        self._log_before = size(self._server.log)
        self._started = time.monotonic()
        with open_log(self._server.log) as log:
            self._process = subprocess.Popen(
                self._server.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                umask=0o077,
                env={"LC_ALL": "C"},
                preexec_fn=tied(self._server.stop_signal),  # noqa: PLW1509 - one thread
                **self._server.account.identity,
            )

    def _ended(self) -> None:
        if not self.up:
            log = self._server.log
            said = tail(log, self._log_before)
            self._failed(f"{self._server.name} does not start. The end of {log}:\n{said}")
        elif time.monotonic() - self._started > WELL_AFTER:
            self._delay = FIRST_DELAY
        self._process, self.up = None, False
        self._later()

    def _failed(self, sentence: str) -> None:
        self.failures += 1
        self.failure = sentence

    def _later(self) -> None:
        self._due = time.monotonic() + self._delay
        self._delay = min(self._delay * 2, LONGEST_DELAY)
