"""Programs in browsers, on pages of other sites: what they may ask and read here (CORS).

Where only programs ask, and a token in the head opens what is open. No cookie opens anything there, so
everybody may come, and nobody with a cookie (RFC 9700 §2.6 for the token endpoint). Pages are none of
this, least of all the one on which a member lets an app act.
"""

from typing import Any

from quanzi.web.problems import FOR_PROGRAMS

# What a program needs to see of an answer besides its document.
EXPOSED = (
    "Link, ETag, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
    "WWW-Authenticate, X-Request-Id"
)
ALLOWED = (
    "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, "
    "Last-Event-ID"
)
# The longest that browsers keep it.
SECONDS = 7200

OPEN: list[tuple[bytes, bytes]] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED.encode()),
]
ANSWER: list[tuple[bytes, bytes]] = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, PATCH, DELETE"),
    (b"access-control-allow-headers", ALLOWED.encode()),
    (b"access-control-max-age", b"%d" % SECONDS),
]


def is_open(path: str) -> bool:
    return path.startswith(FOR_PROGRAMS)


def asks_before(scope: Any) -> bool:
    """Whether a browser asks what its program may do, which it does before the program may."""
    names = {name for name, _ in scope["headers"]}
    return scope["method"] == "OPTIONS" and b"access-control-request-method" in names


async def answer(send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": list(ANSWER)})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
