"""Reading a backup whole, before anything is believed of it."""

import os
import re
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from quanzi.backup import rooms
from quanzi.backup.archive import (
    BLOCK,
    DUMP,
    END,
    FIRST,
    MANIFEST,
    SUM_OF_SUMS,
    SUMS,
    pieces,
)
from quanzi.backup.failure import Damaged, Refused
from quanzi.backup.manifest import FORMAT, Manifest

OURS = (FIRST, DUMP, MANIFEST, SUMS, SUM_OF_SUMS)
LINE = re.compile(r"([0-9a-f]{64})  (\S+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Member:
    offset: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Checked:
    manifest: Manifest
    members: dict[str, Member]


def check(file: BinaryIO, told: Callable[[int, int], object] = lambda *_: None) -> Checked:
    """Raises Damaged, naming what is; Refused for one of a newer program."""
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    members: dict[str, Member] = {}
    while (member := _next(file, members)) is not None:
        name, size = member
        offset, digest, read = file.tell(), sha256(), 0
        for piece in pieces(file, size):
            digest.update(piece)
            read += len(piece)
            told(offset + read, length)
        if read < size:
            raise Damaged(f"it is cut short within {name}")
        members[name] = Member(offset, size, digest.hexdigest())
        if name == FIRST:
            _check_format(text(file, members[FIRST]))
        file.seek(offset + size)
        if file.read(-size % BLOCK) != bytes(-size % BLOCK):
            raise Damaged(f"it is cut short or damaged behind {name}")
    _check_sums(file, members)
    return Checked(Manifest.read(text(file, members[MANIFEST])), members)


def text(file: BinaryIO, member: Member) -> bytes:
    file.seek(member.offset)
    return file.read(member.size)


def _next(file: BinaryIO, before: dict[str, Member]) -> tuple[str, int] | None:
    """Name and size; None at the end, which has to be the end."""
    start = file.tell()
    block = file.read(BLOCK)
    if before and not any(block) and SUM_OF_SUMS in before:
        if block + file.read() != END:
            raise Damaged(f"its end is not what was written (byte {start:,})")
        return None
    member = _header(block)
    if member is None:
        if not before:
            raise Damaged("it is not a backup of Quanzi, or its beginning is damaged")
        last = next(reversed(before))
        raise Damaged(f"it is cut short or damaged after {last} (byte {start:,})")
    if (member.name == FIRST) is bool(before):
        raise Damaged("it is not a backup of Quanzi")
    if not member.isreg() or member.name in before:
        raise Damaged(f"it holds {member.name!r} where no such thing can be")
    if member.name not in OURS and not rooms.known(member.name):
        raise Damaged(f"it holds {member.name!r}, which no backup has")
    return member.name, member.size


def _header(block: bytes) -> tarfile.TarInfo | None:
    """Only one that was written as it is read: readers of tar are lenient."""
    try:
        member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError):
        return None
    return member if member.tobuf(tarfile.GNU_FORMAT) == block else None


def _check_format(said: bytes) -> None:
    found = re.fullmatch(rb"quanzi-backup ([0-9]{1,9})\n", said)
    if found is None:
        raise Damaged("its beginning is damaged")
    if int(found[1]) > FORMAT:
        raise Refused(
            f"it has the format {int(found[1])}, of a newer Quanzi; this one knows {FORMAT}"
        )


def _check_sums(file: BinaryIO, members: dict[str, Member]) -> None:
    for name in OURS:
        if name not in members:
            raise Damaged(f"it has no {name}")
    if text(file, members[SUM_OF_SUMS]) != f"{members[SUMS].digest}  {SUMS}\n".encode():
        raise Damaged(f"{SUMS} is not what was written")
    lines = text(file, members[SUMS]).decode(errors="replace").splitlines()
    found = [LINE.fullmatch(line) for line in lines]
    sums = {each[2]: each[1] for each in found if each}
    for name in sums.keys() - members.keys():
        raise Damaged(f"{name} is missing")
    for name, member in members.items():
        if name not in {SUMS, SUM_OF_SUMS} and member.digest != sums.get(name):
            raise Damaged(f"{name} is not what was written")
