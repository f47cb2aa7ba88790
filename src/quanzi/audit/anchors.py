"""The file of anchors: each line says which hash the log ended with, and when. Only appended to."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# More than a line has.
TAIL = 4096
HASH_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    seq: int
    hash: bytes
    at: datetime

    def __str__(self) -> str:
        return json.dumps({"seq": self.seq, "hash": self.hash.hex(), "at": self.at.isoformat()})


class Unreadable(Exception):
    """A line that is no anchor."""


def read(file: Path) -> list[Anchor]:
    found = []
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            anchor = _read(line)
            if anchor is None:
                raise Unreadable(f"line {number} of {file} is not an anchor")
            found.append(anchor)
    return found


def last(file: Path) -> Anchor | None:
    if not file.exists():
        return None
    with _opened(file) as held:
        return _last(held)


def append(file: Path, anchor: Anchor, *, after: Anchor | None) -> bool:
    """Whether it is on the disk; not when another process was first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _opened(file) as held:
        if _last(held) != after:
            return False
        # What a full disk cut short must not spoil the next line as well.
        whole = _tail(held)[-1:] in {b"", b"\n"}
        os.write(held, f"{anchor}\n".encode() if whole else f"\n{anchor}\n".encode())
        os.fsync(held)
    return True


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    """One process at a time."""
    held = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield held
    finally:
        os.close(held)


def _last(held: int) -> Anchor | None:
    lines = _tail(held).decode(errors="replace").splitlines()
    return _read(lines[-1]) if lines else None


def _tail(held: int) -> bytes:
    return os.pread(held, TAIL, max(os.fstat(held).st_size - TAIL, 0))


def _read(line: str) -> Anchor | None:
    """Also a line of the site's own log, which says the same and more."""
    try:
        given = json.loads(line)
        anchor = Anchor(
            int(given["seq"]), bytes.fromhex(given["hash"]), datetime.fromisoformat(given["at"])
        )
    except (ValueError, TypeError, KeyError):
        return None
    good = anchor.seq > 0 and len(anchor.hash) == HASH_LENGTH and anchor.at.tzinfo is not None
    return anchor if good else None
