"""Asks PostgreSQL for a session in its own protocol, so that the keeper needs no client library."""

import socket
import struct
from pathlib import Path

PROTOCOL = 3 << 16
TIMEOUT = 2.0
HEAD = struct.Struct("!cI")  # the length counts itself, not the kind
READY, REFUSED = b"Z", b"E"
FULL = b"C53300\0"  # too many connections
GOODBYE = b"X\0\0\0\x04"


def accepted(path: Path, user: str, database: str) -> bool:
    """Whether a session in this database begins, or would if there were not so many already."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(TIMEOUT)
            connection.connect(str(path))
            connection.sendall(_startup(user, database))
            kind, body = _answer(connection)
            return kind == READY or (kind == REFUSED and FULL in body)
    except (OSError, struct.error):
        return False


def _startup(user: str, database: str) -> bytes:
    words = ("user", user, "database", database)
    body = struct.pack("!I", PROTOCOL) + b"\0".join(word.encode() for word in words) + b"\0\0"
    return struct.pack("!I", len(body) + 4) + body


def _answer(connection: socket.socket) -> tuple[bytes, bytes]:
    """The kind and the body of the first message that settles it."""
    with connection.makefile("rb") as stream:
        while head := stream.read(5):
            kind, length = HEAD.unpack(head)
            body = stream.read(length - 4)
            if kind == READY:
                connection.sendall(GOODBYE)
            if kind in {READY, REFUSED}:
                return kind, body
    return b"", b""
