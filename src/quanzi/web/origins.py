"""Which host we are, and which origin our own pages have."""

from typing import Any

from litestar.connection import ASGIConnection

from quanzi.settings import settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})


def own_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """`QUANZI_URL` if the operator gave it; on a laptop, the loopback address that was asked."""
    given = settings().url
    if given:
        return given
    host = connection.headers.get("host", "")
    scheme = {"ws": "http", "wss": "https"}.get(
        connection.scope["scheme"], connection.scope["scheme"]
    )
    return f"{scheme}://{host}" if is_own_host(host) else ""


def is_own_host(host: str) -> bool:
    """Only the configured host is ours; without one, only loopback names are."""
    given = settings().url
    if given:
        return host.lower() == given.partition("://")[2] or _name(host) in LOOPBACK
    return _name(host) in LOOPBACK


def _name(host: str) -> str:
    return host.lower() if host.endswith("]") else host.lower().rpartition(":")[0] or host.lower()
