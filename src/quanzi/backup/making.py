"""Making a backup of a site that goes on meanwhile."""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from quanzi.backup import restoring_database, snapshot
from quanzi.backup.archive import DUMP, Writer, pieces
from quanzi.backup.checking import Checked, check
from quanzi.backup.failure import Refused
from quanzi.backup.rooms import ANCHORS, Room, rooms
from quanzi.settings import settings

# What is being done, how much of it is done, and how much there is: 0 when nobody knows.
Told = Callable[[str, int, int], object]


async def make(target: Path, told: Told, *, force: bool = False) -> Checked:
    """As the file says it, read back. Raises Refused, or OSError for a disk that is full."""
    with _fresh(target, force=force) as file:
        await _write(file, told)
        file.flush()
        os.fsync(file.fileno())
        _from_the_disk(file)
        checked = check(file, lambda done, of: told("checking", done, of))
        restoring_database.list_dump(file, checked)
    return checked


@contextmanager
def _fresh(target: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Beside its place, and there only when whole. What a killed one left behind is written over."""
    if target.exists() and not force:
        raise Refused(f"{target} is there already; --force writes over it")
    part = target.with_name(f".{target.name}.part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise Refused(f"another backup to {target} is being made") from why
        try:
            file.truncate(0)
            yield file
            _put(part, target, force=force)
        except BaseException:
            part.unlink(missing_ok=True)
            # What could not be written is not to be written by closing.
            with suppress(OSError):
                os.ftruncate(file.fileno(), 0)
                file.close()
            raise


def _put(part: Path, target: Path, *, force: bool) -> None:
    if force:
        part.replace(target)
    else:
        try:
            os.link(part, target)  # unlike a rename, never over another file
        except FileExistsError as why:
            raise Refused(f"{target} is there already; --force writes over it") from why
        except PermissionError:
            part.rename(target)  # a file system without hard links
        part.unlink(missing_ok=True)
    handle = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


async def _write(file: BinaryIO, told: Told) -> None:
    writer = Writer(file)
    # Before the database: what is anchored later, the dump may not hold yet.
    anchors = settings().anchor.read_bytes() if settings().anchor.exists() else b""
    async with snapshot.taken() as taken:
        said = _counted(snapshot.dumped(taken), lambda done: told("database", done, 0))
        counts = {**taken.manifest.counts, "database bytes": taken.size}
        counts["dump bytes"] = writer.add(DUMP, said)
    # After it: a picture lies in its place before the post that shows it is written.
    media, verification, _ = rooms()
    counts["pictures"] = _add_files(writer, media, told)
    counts["documents"] = _add_files(writer, verification, told)
    for name, key in _keys():
        writer.add(name, [key])
    if anchors:
        writer.add(ANCHORS, [anchors])
    writer.close(replace(taken.manifest, counts=counts))


def _add_files(writer: Writer, room: Room, told: Told) -> int:
    added = 0
    for name, path in room.files():
        # Gone: its post was removed while we came this way.
        with suppress(FileNotFoundError), path.open("rb") as picture:
            writer.add(name, pieces(picture))
            added += 1
            told(room.name, added, 0)
    return added


def _keys() -> Iterator[tuple[str, bytes]]:
    """As they are used, also where the environment says them."""
    _, _, keys = rooms()
    yield "keys/secret", settings().secret
    yield "keys/pepper", settings().pepper
    for name, path in keys.files():
        if path.name not in {"secret", "pepper"}:
            yield name, path.read_bytes()


def _counted(given: Iterable[bytes], told: Callable[[int], object]) -> Iterator[bytes]:
    done = 0
    for piece in given:
        done += len(piece)
        told(done)
        yield piece


def _from_the_disk(file: BinaryIO) -> None:
    """What is read back is to come from there, not from memory; where the system can."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
