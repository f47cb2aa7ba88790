"""Backups as a hand makes them: small ones, and others with something changed in them."""

import io
from collections.abc import Callable
from pathlib import Path

from quanzi.backup import archive, checking
from quanzi.backup.archive import Writer
from quanzi.backup.manifest import Manifest

PICTURE = f"media/{'ab'}/{'c' * 30}-360.webp"
DOCUMENT = f"verification/{'d' * 32}.sealed"
MEMBERS = {
    "database.dump": b"PGDMP" + bytes(range(256)) * 3,
    PICTURE: b"a picture",
    DOCUMENT: b"noise",
    "keys/secret": b"s" * 64,
    "anchors.log": b"{}\n",
}
MANIFEST = Manifest(
    made_at="2026-11-27T08:00:00+00:00",
    quanzi="0.1.0",
    postgres=18,
    dump=18,
    steps=["identity 2026-11-23T15:00:00:000000"],
    epoch="0123456789abcdef",
    generation=1,
    audit_seq=0,
    audit_hash="",
    roles=[],
    closed=[],
    counts={"posts": 1},
)


def small(members: dict[str, bytes] = MEMBERS, manifest: Manifest = MANIFEST) -> bytes:
    file = io.BytesIO()
    writer = Writer(file)
    for name, text in members.items():
        writer.add(name, [text])
    writer.close(manifest)
    return file.getvalue()


def places(backup: bytes) -> dict[str, tuple[int, int]]:
    """Where each member's bytes begin, and how many there are."""
    found = checking.check(io.BytesIO(backup)).members
    return {name: (member.offset, member.size) for name, member in found.items()}


def flipped(backup: bytes, place: int) -> bytes:
    return backup[:place] + bytes([backup[place] ^ 0x10]) + backup[place + 1 :]


def rewritten(
    source: Path,
    target: Path,
    *,
    member: Callable[[str, bytes], bytes] = lambda _, text: text,
    manifest: Callable[[Manifest], Manifest] = lambda given: given,
) -> Path:
    """With sums that fit: as somebody makes it who knows how, or a program with a fault."""
    with source.open("rb") as file, target.open("wb") as out:
        found = checking.check(file)
        writer = Writer(out)
        for name, each in found.members.items():
            if name not in checking.OURS or name == archive.DUMP:
                writer.add(name, [member(name, checking.text(file, each))])
        writer.close(manifest(found.manifest))
    return target


def without(backup: bytes, name: str) -> bytes:
    """The same file with one member cut out."""
    offset, size = places(backup)[name]
    end = offset + size + -size % archive.BLOCK
    return backup[: offset - archive.BLOCK] + backup[end:]
