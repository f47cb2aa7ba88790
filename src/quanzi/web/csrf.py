"""Forgery: a request that changes something must come from one of our own pages.

Three walls, since each alone has holes: what the browser says of where it comes from
(`Sec-Fetch-Site`, `Origin`), and a token bound to the session. Not the framework's: its token is
not bound to anybody, so a planted pair of cookie and token would be good.
"""

import hashlib
import hmac
import secrets
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler

from quanzi.errors import Forged, SignInFirst
from quanzi.settings import settings
from quanzi.web import bodies, sessions
from quanzi.web.origins import own_origin

FIELD, HEADER = "_csrf_token", "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def no_forgery(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Over every route. The cheap questions come before the form is read."""
    if connection.scope.get("method", "GET") in SAFE or not isinstance(connection, Request):
        return
    # A deed whose address is its own proof, and which says in a sentence why: see its route.
    if handler.opt.get("forgeable"):
        return
    site = connection.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        raise Forged
    origin = connection.headers.get("origin")
    if origin is not None and origin != own_origin(connection):
        raise Forged
    stale = sessions.token(connection) and await sessions.viewer(connection) is None
    if stale and not handler.opt.get("open"):
        # The session ended while they wrote; the token died with it. Say the thing that helps.
        raise SignInFirst
    given = connection.headers.get(HEADER) or await _field(connection)
    seed = _seed(connection)
    if not seed or not hmac.compare_digest(given.encode(), _token(seed).encode()):
        raise Forged
    sessions.acts(connection)


def token_for(connection: ASGIConnection[Any, Any, Any, Any]) -> tuple[str, list[Cookie]]:
    """The token for this person's forms; and a cookie for who is nobody yet and has none."""
    seed = _seed(connection)
    if seed:
        return _token(seed), []
    fresh = secrets.token_urlsafe(24)
    return _token(fresh), [
        Cookie(
            _cookie_name(),
            value=fresh,
            path="/",
            httponly=True,
            secure=settings().secure,
            samesite="lax",
        )
    ]


def _seed(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return sessions.token(connection) or connection.cookies.get(_cookie_name(), "")


def _cookie_name() -> str:
    return "__Host-quanzi-form" if settings().secure else "quanzi-form"


def _token(seed: str) -> str:
    return hmac.new(settings().secret, b"csrf:" + seed.encode(), hashlib.sha256).hexdigest()


async def _field(request: Request[Any, Any, Any]) -> str:
    given = [value for name, value in await bodies.parts(request) if name == FIELD]
    return given[0] if given and isinstance(given[0], str) else ""
