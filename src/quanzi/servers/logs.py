"""The servers' log files: opened for adding, kept small, quoted when a start fails."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO

LARGEST = 8 * 1024 * 1024
QUOTED_LINES = 6
QUOTED_BYTES = 4000


def open_log(file: Path) -> BinaryIO:
    """Opened for adding: after `rotate` the holder goes on writing at the new end."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(descriptor, "ab", buffering=0)


def rotate(file: Path) -> None:
    """Copied and emptied rather than renamed: the server that writes it is not asked to reopen."""
    if size(file) > LARGEST:
        # On a full disk there is no copy, and the emptying is all the more welcome.
        with contextlib.suppress(OSError):
            shutil.copy2(file, file.with_name(f"{file.name}.1"))
        os.truncate(file, 0)


def size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def tail(file: Path, since: int = 0) -> str:
    """The last lines written after that size."""
    if not file.exists():
        return ""
    with file.open("rb") as opened:
        opened.seek(max(since, size(file) - QUOTED_BYTES))
        lines = opened.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-QUOTED_LINES:])
