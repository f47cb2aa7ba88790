"""The endpoint: who comes in, and the two things a page may say.

A websocket handler sees no Origin check, no CSRF check and no rate limit from the framework: a
page of another site could open one with the reader's cookies. So it is asked here, before
anything is read. The socket carries no deeds: a page may say where it stands and `pong`.

A right that is missing is told by accepting and closing with 1008, since a refused handshake
reaches the page as 1006, which it would retry for ever.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect
from litestar.types import Empty
from litestar.utils.scope.state import ScopeState

from quanzi.errors import Refusal
from quanzi.live import catching, frames
from quanzi.live.catching import Position
from quanzi.live.gate import back_after_ms
from quanzi.live.guard import ENDED
from quanzi.live.listener import SLOW, Listener
from quanzi.live.log import Audience
from quanzi.live.protocol import SCOPE_KEY, LiveProtocol
from quanzi.live.station import Station

log = structlog.get_logger()

FIRST_FRAME_WITHIN = 15.0
RESUMES_ALLOWED, RESUMES_WITHIN = 30, 10.0
DEPLOY = 1012
FAULT = 1011
WORDS = frozenset({"resume", "pong"})

type_of_socket = WebSocket[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who came, as far as the live connection needs to know."""

    circle_id: int
    audience: Audience
    session: bytes | None
    member_id: int | None
    until: datetime | None


Admit = Callable[[type_of_socket], Awaitable[Admitted]]


class Misbehaved(Exception):
    """The page said what a page does not say."""


async def serve(socket: type_of_socket, station: Station, admit: Admit) -> None:
    """One live page, from its handshake to its end."""
    extensions: dict[str, Any] = socket.scope["extensions"] or {}
    wire: LiveProtocol = extensions[SCOPE_KEY]
    await socket.accept()
    with coming_back(socket, wire):
        await _let_in(socket, wire, station, admit)


@contextmanager
def coming_back(socket: type_of_socket, wire: LiveProtocol) -> Iterator[None]:
    """Whatever fails, the page is told to come back. The framework would close it with 4500, after
    which a browser stays away: hx-ws comes back after some codes only.
    """
    try:
        yield
    except WebSocketDisconnect:
        raise
    except Exception as fault:
        away = isinstance(fault, socket.app.state.database_faults)
        if away:
            log.warning("live.away", fault=str(fault) or type(fault).__name__)
        else:
            log.exception("live.fault")
        wire.write(frames.frame("bye", retry_ms=back_after_ms(), reason="busy"))
        wire.leave(SLOW if away else FAULT, "come back later")


async def _let_in(
    socket: type_of_socket, wire: LiveProtocol, station: Station, admit: Admit
) -> None:
    try:
        who = await admit(socket)
    except Refusal:
        wire.leave(ENDED, "not allowed")
        return
    settle(socket, wire)
    listener = Listener(wire, who.circle_id, who.audience, who.session, who.member_id)
    if station.hub.leaving:
        send_back(listener, 1000, DEPLOY)
        return
    address = socket.client.host if socket.client else ""
    if not station.gate.enter(address, who.member_id):
        send_back(listener, 60_000, SLOW)
        return
    station.arrived(listener)
    try:
        await _converse(socket, station, listener, who)
    except Misbehaved as what:
        listener.close(ENDED, str(what))
    except WebSocketDisconnect:
        pass
    finally:
        listener.gone = True
        stream = station.hub.streams.get(who.circle_id)
        if stream is not None:
            stream.drop(listener)
        station.gate.leave(address, who.member_id)
        station.left(listener)


async def _converse(
    socket: type_of_socket, station: Station, listener: Listener, who: Admitted
) -> None:
    try:
        async with asyncio.timeout(FIRST_FRAME_WITHIN):
            first = await said(socket, WORDS)
    except TimeoutError:
        # On a bad way its first word may still be coming: not for good.
        listener.close(SLOW, "nothing said")
        return
    wait_ms = station.gate.wait_ms()
    if wait_ms:
        send_back(listener, wait_ms, SLOW)
        return
    if not first or "resume" not in first:
        raise Misbehaved("resume first")
    await catching.greet(station.hub, listener, who.until)
    await catching.join(station.hub, listener, _position(first))
    station.tidings.add(listener)
    resumed: list[float] = []
    while not listener.gone:
        frame = await said(socket, WORDS)
        if "resume" in frame:
            _count_resume(resumed)
            await catching.join(station.hub, listener, _position(frame))


def settle(socket: type_of_socket, wire: LiveProtocol) -> None:
    """Who it is has been asked: the headers are not kept, by nobody, while the page is open."""
    kept = ScopeState.from_scope(socket.scope)
    kept.headers = kept.cookies = kept.parsed_query = Empty
    wire.settle()


async def said(socket: type_of_socket, words: Collection[str]) -> dict[str, Any]:
    """The next frame of a page: one JSON object with one of these words. Raises Misbehaved."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(detail="gone")
    text = message.get("text")
    if not isinstance(text, str):
        raise Misbehaved("text only")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        raise Misbehaved("not JSON") from None
    if not isinstance(frame, dict) or len(frame) != 1 or next(iter(frame)) not in words:
        raise Misbehaved("unknown frame")
    return frame


def _position(frame: dict[str, Any]) -> Position | None:
    match frame["resume"]:
        case None:
            return None
        case {"epoch": str(epoch), "seq": int(seq)} if _is_number(seq) and len(epoch) <= 64:  # noqa: PLR2004
            return Position(epoch, seq)
        case _:
            raise Misbehaved("not a position")


def _is_number(seq: int) -> bool:
    return not isinstance(seq, bool) and 0 <= seq < 2**63


def _count_resume(resumed: list[float]) -> None:
    now = time.monotonic()
    resumed[:] = [at for at in resumed if now - at < RESUMES_WITHIN]
    resumed.append(now)
    if len(resumed) > RESUMES_ALLOWED:
        raise Misbehaved("too many resumes")


def send_back(listener: Listener, retry_ms: int, code: int) -> None:
    listener.write(frames.frame("bye", retry_ms=retry_ms, reason="busy"))
    listener.close(code, "come back later")
