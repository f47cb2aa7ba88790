"""A proxy that names visitors and is not believed: all of them count as one then, and share limits.

uvicorn has applied `X-Forwarded-For` of who is believed (FORWARDED_ALLOW_IPS). Where the header is
there and the connection is still a private neighbour's, it was not.
"""

import contextlib
import ipaddress
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

from quanzi.settings import settings

log = structlog.get_logger()

AGAIN_AFTER = 3600.0

_said_at = -AGAIN_AFTER


@dataclass(frozen=True, slots=True)
class Seen:
    """`at`: seconds since 1970."""

    at: float
    address: str


def _file() -> Path:
    return settings().var / "unbelieved-proxy"


def look(client: tuple[str, int] | None, forwarded: str) -> None:
    """At a request: said once an hour in the log, and noted for `quanzi doctor`."""
    global _said_at  # noqa: PLW0603 - what this process has said
    if not forwarded or client is None or time.monotonic() - _said_at < AGAIN_AFTER:
        return
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return
    if not address.is_private or address.is_loopback or client[0] in forwarded:
        return
    _said_at = time.monotonic()
    log.warning("proxy.not_believed", address=client[0])
    with contextlib.suppress(OSError):
        _file().write_text(client[0])


def last_unbelieved() -> Seen | None:
    try:
        return Seen(_file().stat().st_mtime, _file().read_text().strip())
    except OSError:
        return None
