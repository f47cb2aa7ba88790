"""Where other servers send to: no cookie opens it, a signature does."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.federation import inbox, openings
from quanzi.federation.signatures import Received, Unsigned
from quanzi.web import addresses, bodies, limits
from quanzi.web.limits import Limit

MOST_BYTES = 128 * 1024
SENDING = Limit("federation-inbox", 300, 60, 150)


@post(
    "/ap/c/{circle:str}/inbox",
    opt={
        "open": "other servers have no session; what they send is signed",
        "forgeable": "no cookie is looked at: what is sent here is signed, or does nothing",
    },
    request_max_body_size=MOST_BYTES,
)
async def take_in(request: Request[Any, Any, Any], circle: FromPath[str]) -> Response[bytes]:
    opening = await openings.opening(circle)
    await limits.hold(SENDING, addresses.address_of(request))
    received = Received(
        request.method, _target(request), _headers(request), await bodies.raw(request)
    )
    try:
        await inbox.receive(request.app.state.outbound, opening, received)
    except Unsigned as why:
        return Response(str(why).encode(), media_type="text/plain", status_code=401)
    return Response(b"", status_code=202)


def _target(request: Request[Any, Any, Any]) -> str:
    """As it was signed: not decoded."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def _headers(request: Request[Any, Any, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.scope["headers"]:
        key = name.decode("latin-1").lower()
        text = value.decode("latin-1").strip()
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found
