"""For operators: alive, ready, figures. Never public details.

A proxy must keep `/metrics` to itself; it answers only to loopback and private addresses.
"""

import asyncio
import ipaddress
import os
from typing import Any

from litestar import Request, Response, get
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from quanzi.db.engine import row
from quanzi.errors import NotFound
from quanzi.live.tail import STALE

OPEN = {
    "open": "load balancers and monitors ask this; it tells nothing of the content",
    "unfounded": True,
}


@get("/healthz", opt=OPEN)
async def healthz() -> Response[Any]:
    return Response(b"alive\n", media_type="text/plain")


@get("/readyz", opt=OPEN)
async def readyz(request: Request[Any, Any, Any]) -> Response[Any]:
    """200 when this process can serve; 503 with what is missing. Valkey may be missing."""
    station = request.app.state.station
    parts = {
        "database": await _database(),
        "live": station.tail.age < STALE,
        "staying": not station.hub.leaving,
    }
    ready = all(parts.values())
    report = {name: "ok" if good else "missing" for name, good in parts.items()}
    report["bell"] = "ok" if station.tail.bell.up else "missing (pages are told twice a second)"
    return Response(
        {"ready": ready, **report},
        status_code=200 if ready else 503,
        headers={"cache-control": "no-store"},
    )


@get("/metrics", opt=OPEN)
async def metrics(request: Request[Any, Any, Any]) -> Response[Any]:
    host = request.client.host if request.client else ""
    try:
        near = ipaddress.ip_address(host).is_private
    except ValueError:
        near = True  # a unix socket
    if not near or "x-forwarded-for" in request.headers:
        raise NotFound
    return Response(generate_latest(registry()), media_type=CONTENT_TYPE_LATEST)


def registry() -> CollectorRegistry:
    """The figures of all workers together, when `serving.py` started several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


async def _database() -> bool:
    try:
        async with asyncio.timeout(2):
            return await row("select 1") is not None
    except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
        return False
