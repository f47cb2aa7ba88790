"""The file: a plain tar, which any system can take apart without us.

`quanzi-backup` (the format's number) comes first, then `database.dump`, what lies in files,
`manifest.json`, `SHA256SUMS` over all of these, and `SHA256SUMS.sha256` over that; so a file that
was cut short, or in which one bit is another, is seen to be. By hand: `tar xf FILE`, then
`sha256sum -c SHA256SUMS`.
"""

import tarfile
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO

from quanzi.backup.manifest import FORMAT, Manifest

FIRST, DUMP, MANIFEST = "quanzi-backup", "database.dump", "manifest.json"
SUMS, SUM_OF_SUMS = "SHA256SUMS", "SHA256SUMS.sha256"
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
PIECE = 2**20


class Writer:
    """Members go straight to their place: how long one is, is written before it afterwards."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._sums: list[str] = []
        self.add(FIRST, [f"quanzi-backup {FORMAT}\n".encode()])

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """How long it is."""
        start = self._out.tell()
        self._out.write(bytes(BLOCK))
        digest, size = sha256(), 0
        for piece in pieces:
            self._out.write(piece)
            digest.update(piece)
            size += len(piece)
        self._out.write(bytes(-size % BLOCK))
        end = self._out.tell()
        self._out.seek(start)
        self._out.write(_header(name, size))
        self._out.seek(end)
        self._sums.append(_line(digest.hexdigest(), name))
        return size

    def close(self, manifest: Manifest) -> None:
        self.add(MANIFEST, [str(manifest).encode()])
        sums = "".join(self._sums).encode()
        self.add(SUMS, [sums])
        self.add(SUM_OF_SUMS, [_line(sha256(sums).hexdigest(), SUMS).encode()])
        self._out.write(END)


def pieces(file: BinaryIO, size: int | None = None) -> Iterator[bytes]:
    """From where it stands; ends early only where the file does."""
    while size is None or size > 0:
        piece = file.read(PIECE if size is None else min(PIECE, size))
        if not piece:
            return
        size = None if size is None else size - len(piece)
        yield piece


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(time.time())
    # GNU's form says any size within the one block that was kept free for it.
    return member.tobuf(tarfile.GNU_FORMAT)


def _line(digest: str, name: str) -> str:
    return f"{digest}  {name}\n"
