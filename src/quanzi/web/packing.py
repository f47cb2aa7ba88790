"""Pages and files go over the wire packed, to who says that they unpack.

A page holds a secret of the reader's (the token of its forms) beside words that others chose, so
its length would tell who listens a little of the secret each time they choose (BREACH). Therefore
the token is one wall of three (`csrf.py`), and each answer is longer by chance.
"""

import gzip
import io
import re
import secrets
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from litestar.connection import ASGIConnection

SAID = {"content-encoding": "gzip"}

# What fits into one packet anyway is not worth it.
WORTH_IT = 1_400
MOST_ADDED = 100
# Quick: a page is packed for each reader. A file is packed once.
OF_A_PAGE, OF_A_FILE = 3, 9

# RFC 1952: no name, no time, from no system in particular; RFC 1951: a last block with nothing in it.
_HEAD, _LAST = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", b"\x03\x00"
_REFUSED = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")


def unpacks(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    said = connection.headers.get("accept-encoding", "").lower()
    return "gzip" in said and not _REFUSED.search(said)


def page(body: bytes) -> bytes:
    """gzip, with a name in its head whose length nobody can tell."""
    made = io.BytesIO()
    name = secrets.token_hex(MOST_ADDED // 2)[: 1 + secrets.randbelow(MOST_ADDED)]
    with gzip.GzipFile(name, "wb", OF_A_PAGE, made, mtime=0) as packed:
        packed.write(body)
    return made.getvalue()


def parts(whole: Sequence[bytes]) -> tuple[bytes, ...]:
    """Each packed for itself, so that words may be put between them afterwards (`joined`)."""
    made = []
    for part in whole:
        packed = zlib.compressobj(OF_A_PAGE, zlib.DEFLATED, -zlib.MAX_WBITS)
        made.append(packed.compress(part) + packed.flush(zlib.Z_FULL_FLUSH))
    return tuple(made)


def joined(packed: Sequence[bytes], words: Sequence[bytes], body: bytes) -> bytes:
    """gzip of `body`, whose parts were packed before. The words between them stand as they are, so
    that no secret among them changes the length of anything.
    """
    pieces = [_HEAD, packed[0]]
    for word, part in zip(words, packed[1:], strict=True):
        pieces += (struct.pack("<BHH", 0, len(word), len(word) ^ 0xFFFF), word, part)
    pieces += (_LAST, struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF))
    return b"".join(pieces)


def file(body: bytes) -> bytes:
    """Always the same; or nothing, if it does not get smaller by much."""
    packed = zlib.compressobj(OF_A_FILE, zlib.DEFLATED, 31)
    made = packed.compress(body) + packed.flush()
    return made if len(made) < len(body) * 0.9 else b""
