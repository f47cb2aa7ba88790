"""A member's own live connection: figures that are theirs, as how many new posts wait for them.

It carries no events and no content, only `now` frames, and only to the member they are about: what
a circle's own connection says must not depend on who reads it, so it is not said there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.exceptions import WebSocketDisconnect

from quanzi.errors import Refusal
from quanzi.live import frames
from quanzi.live.catching import PROTO
from quanzi.live.guard import ENDED
from quanzi.live.hub import HEARTBEAT
from quanzi.live.listener import SLOW, Listener
from quanzi.live.log import Audience
from quanzi.live.protocol import SCOPE_KEY, LiveProtocol
from quanzi.live.socket import (
    DEPLOY,
    FIRST_FRAME_WITHIN,
    Misbehaved,
    coming_back,
    said,
    send_back,
    settle,
    type_of_socket,
)
from quanzi.live.station import Station
from quanzi.live.watching import Watcher

# More than this is "many": a page says 99+.
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Own:
    member_id: int
    session: bytes
    until: datetime
    language: str
    circles: list[int]


Admit = Callable[[type_of_socket], Awaitable[Own]]
NewSince = Callable[[Own, str], Awaitable[int]]


async def serve(
    socket: type_of_socket, station: Station, admit: Admit, new_since: NewSince
) -> None:
    extensions: dict[str, Any] = socket.scope["extensions"] or {}
    wire: LiveProtocol = extensions[SCOPE_KEY]
    await socket.accept()
    with coming_back(socket, wire):
        await _let_in(socket, wire, station, admit, new_since)


async def _let_in(
    socket: type_of_socket,
    wire: LiveProtocol,
    station: Station,
    admit: Admit,
    new_since: NewSince,
) -> None:
    try:
        own = await admit(socket)
    except Refusal:
        wire.leave(ENDED, "not allowed")
        return
    settle(socket, wire)
    listener = Listener(wire, 0, Audience(own.language), own.session, own.member_id)
    if station.hub.leaving:
        send_back(listener, 1000, DEPLOY)
        return
    address = socket.client.host if socket.client else ""
    if not station.gate.enter(address, own.member_id):
        send_back(listener, 60_000, SLOW)
        return
    station.arrived(listener)
    watcher = Watcher(listener, own.circles)
    try:
        await _converse(socket, station, watcher, own, new_since)
    except Misbehaved as what:
        listener.close(ENDED, str(what))
    except WebSocketDisconnect:
        pass
    finally:
        listener.gone = True
        station.hub.watching.remove(watcher)
        station.gate.leave(address, own.member_id)
        station.left(listener)


async def _converse(
    socket: type_of_socket, station: Station, watcher: Watcher, own: Own, new_since: NewSince
) -> None:
    try:
        async with asyncio.timeout(FIRST_FRAME_WITHIN):
            first = await said(socket, {"since"})
    except TimeoutError:
        watcher.listener.close(SLOW, "nothing said")
        return
    wait_ms = station.gate.wait_ms()
    if wait_ms:
        send_back(watcher.listener, wait_ms, SLOW)
        return
    since = first.get("since")
    if not isinstance(since, str | None) or len(since or "") > 64:  # noqa: PLR2004
        raise Misbehaved("not a position")
    watcher.listener.write(
        frames.frame("hello", proto=PROTO, heartbeat=HEARTBEAT, until=own.until.isoformat())
    )
    station.tidings.add(watcher.listener)
    # Watched first, counted then: what comes in between is counted twice rather than not at all.
    await station.hub.watch(watcher)
    watcher.new += await new_since(own, since) if since else 0
    watcher.tell()
    while not watcher.listener.gone:
        await said(socket, {"pong"})
