"""A session of psql: what it is told stays undone until the commit, whatever happens before."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, BinaryIO, cast

from quanzi.backup import programs
from quanzi.backup.archive import pieces
from quanzi.backup.failure import Refused

READY = b"quanzi-ready\n"
# Of the head that pg_restore writes: servers before 17 do not know it.
UNKNOWN = b"SET transaction_timeout = 0;\n"
HEAD_LINES = 60


class Session:
    def __init__(self, process: subprocess.Popen[bytes], complaints: IO[bytes]) -> None:
        self._process, self._complaints = process, complaints
        self._in, self._out = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)

    def say(self, words: bytes) -> None:
        try:
            self._in.write(words)
            self._in.flush()
        except BrokenPipeError:
            self._fail()

    def take(self, dump: IO[bytes], told: Callable[[], object], *, old: bool) -> None:
        """`old`: a server before 17."""
        try:
            for _ in range(HEAD_LINES):
                line = dump.readline()
                if not (old and line == UNKNOWN):
                    self._in.write(line)
            for piece in pieces(cast("BinaryIO", dump)):
                self._in.write(piece)
                told()
        except BrokenPipeError:
            self._fail()

    def waits(self) -> None:
        for line in self._out:
            if line == READY:
                return
        self._fail()

    def commit(self) -> None:
        self.say(b"commit;\n\\echo quanzi-ready\n")
        self.waits()
        self._in.close()
        self._process.wait()

    def _fail(self) -> None:
        self._process.wait()
        self._complaints.seek(0)
        raise Refused(f"the database: {programs.last_line(self._complaints.read())}")


@contextmanager
def psql(least: int) -> Iterator[Session]:
    """Whatever ends the block before its commit leaves the database as it was."""
    program, _ = programs.find("psql", least)
    address, env = programs.address()
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [program, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=env,
            # Ctrl-C is for us; the session ends because we do.
            start_new_session=True,
        )
        try:
            yield Session(process, complaints)
        finally:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                close(pipe)


def close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(BrokenPipeError):
            pipe.close()
