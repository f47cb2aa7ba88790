"""The outermost layer, around the framework: what holds for every answer, the 404 and 500 too.

The host must be ours; a websocket's origin must be ours, before anything else is looked at; every
request has a reference, and every answer its headers with a nonce of its own.
"""

import secrets
import time
from typing import TYPE_CHECKING, Any

import structlog

from quanzi.settings import settings
from quanzi.web import bodies, crossing, proxies
from quanzi.web.logs import loggable
from quanzi.web.measures import REQUESTS, SECONDS
from quanzi.web.origins import is_own_host

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

# A body that is too large is read to its end and thrown away, up to here, so that the browser
# shows our answer and not a broken connection.
MOST_DRAINED = 300 * 1024 * 1024

HEADERS: list[tuple[bytes, bytes]] = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
]
# What a file of ours goes without: no script runs in it, and a page fetches forty of them.
OF_PAGES = frozenset({b"permissions-policy"})
# What an answer goes without that others may frame.
ALONE = frozenset({b"x-frame-options", b"cross-origin-resource-policy"})
NOT_MODIFIED = 304
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Front:
    def __init__(self, app: "ASGIApp") -> None:
        self.app = app
        self.headers = [*HEADERS, HSTS] if settings().secure else HEADERS

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        kind: str = scope["type"]
        if kind == "http":
            await self._http(scope, receive, send)
        elif kind == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Any, receive: "Receive", send: "Send") -> None:
        nonce = secrets.token_urlsafe(16)
        reference = secrets.token_hex(6)
        scope.setdefault("state", {}).update(nonce=nonce, reference=reference)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(ref=reference)
        proxies.look(scope.get("client"), _header(scope, b"x-forwarded-for"))
        started = time.perf_counter()
        status = 500
        body = Body(receive)

        async def send_with_headers(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                framed = scope["state"].get("framed", False)
                # What holds for this answer whether it is a page or a refusal.
                also: dict[str, str] = scope["state"].get("answer_headers", {})
                given = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in also.items()),
                ]
                names = {name for name, _ in given}
                given += self._beside(names, scope["path"], framed=framed)
                if crossing.is_open(scope["path"]):
                    given += crossing.OPEN
                message["headers"] = given
                # Who has the page already keeps its policy with it: the nonces in it are of then.
                if b"content-security-policy" not in names and status != NOT_MODIFIED:
                    given.append((b"content-security-policy", policy(nonce, framed=framed)))
                # Nothing is kept by anybody unless its route says who may keep it.
                if b"cache-control" not in names:
                    given.append((b"cache-control", b"no-store"))
                given.append((b"x-request-id", reference.encode()))
                if body.unread and status >= 400:  # noqa: PLR2004
                    await body.drain()
            await send(message)

        if not is_own_host(_header(scope, b"host")):
            await _say(send_with_headers, 421, b"This site has another name.\n")
        elif crossing.is_open(scope["path"]) and crossing.asks_before(scope):
            await crossing.answer(send_with_headers)
        else:
            try:
                await self.app(scope, body, send_with_headers)
            finally:
                await bodies.let_go(scope)
        took = time.perf_counter() - started
        REQUESTS.labels(scope["method"], str(status)).inc()
        SECONDS.observe(took)
        if scope["path"] not in {"/healthz", "/readyz"}:
            log.info(
                "request",
                method=scope["method"],
                path=loggable(scope["path"]),
                status=status,
                ms=round(took * 1000, 1),
            )

    def _beside(self, names: set[bytes], path: str, *, framed: bool) -> list[tuple[bytes, bytes]]:
        """What goes with every answer, but for what this one says itself or goes without."""
        without = names | ALONE if framed else names
        if path.startswith("/assets/"):
            without = without | OF_PAGES
        return [each for each in self.headers if each[0] not in without]

    async def _websocket(self, scope: Any, receive: "Receive", send: "Send") -> None:
        scope.setdefault("state", {}).update(nonce="", reference=secrets.token_hex(6))
        host = _header(scope, b"host")
        origin = _header(scope, b"origin")
        expected = settings().url or f"{'https' if scope['scheme'] == 'wss' else 'http'}://{host}"
        if not is_own_host(host) or origin != expected:
            log.warning("live.foreign_origin", origin=origin[:200])
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        await self.app(scope, receive, send)


class Body:
    """The request's body, with the knowledge whether somebody has read it to its end."""

    def __init__(self, receive: "Receive") -> None:
        self._receive = receive
        self._ended = False
        self._begun = False

    async def __call__(self) -> Any:
        message: Any = await self._receive()
        self._begun = True
        if message["type"] != "http.request" or not message.get("more_body", False):
            self._ended = True
        return message

    @property
    def unread(self) -> bool:
        return not self._ended

    async def drain(self) -> None:
        thrown = 0
        while not self._ended and thrown < MOST_DRAINED:
            message = await self()
            thrown += len(message.get("body", b""))


def let_others_frame(request: Any) -> None:
    """This answer may stand in a frame of any site: for what shows a visitor's view to everybody and
    has nothing on it that does something in somebody's name.
    """
    request.scope["state"]["framed"] = True


def policy(nonce: str, forms_also_to: str = "", *, framed: bool = False) -> bytes:
    """Nothing is allowed but what is named; scripts only with this answer's nonce.

    `forms_also_to`: an origin that a form's answer sends the browser on to.

    `trusted-types`: only htmx and `live.js` turn text into HTML, and `push.js` names the worker.
    """
    others = "*" if framed else "'none'"
    also = f"'self' {forms_also_to}"
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        f"form-action {also.strip()}; "
        "manifest-src 'self'; base-uri 'none'; object-src 'none'; "
        f"frame-ancestors {others}; "
        "worker-src 'self'; require-trusted-types-for 'script'; "
        "trusted-types htmx quanzi quanzi-worker"
    ).encode()


def _header(scope: Any, name: bytes) -> str:
    found = [value for key, value in scope["headers"] if key == name]
    # Twice the same header is somebody's trick, not a browser.
    return found[0].decode("latin-1") if len(found) == 1 else ""


async def _say(send: "Send", status: int, text: bytes) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(text))],
        }
    )
    await send({"type": "http.response.body", "body": text, "more_body": False})
