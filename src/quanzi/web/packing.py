"""Pages and files go over the wire packed, to who says that they unpack.

A page holds a secret of the reader's (the token of its forms) beside words that others chose, so
its length would tell who listens a little of the secret each time they choose (BREACH). Therefore
the token is one wall of three (`csrf.py`), and each answer is longer by chance.
"""

import gzip
import io
import re
import secrets
import zlib
from typing import Any

from litestar.connection import ASGIConnection

# What fits into one packet anyway is not worth it.
WORTH_IT = 1_400
MOST_ADDED = 100
# Quick: a page is packed for each reader. A file is packed once.
OF_A_PAGE, OF_A_FILE = 3, 9

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


def file(body: bytes) -> bytes:
    """Always the same; or nothing, if it does not get smaller by much."""
    packed = zlib.compressobj(OF_A_FILE, zlib.DEFLATED, 31)
    made = packed.compress(body) + packed.flush()
    return made if len(made) < len(body) * 0.9 else b""
