"""uvicorn's websocket protocol on `websockets`' sans-I/O core, opened a little.

The hub writes ready-made frames past ASGI: one `write` per page instead of a coroutine, an encoder
and a copy. That is sound as long as
- no frame is written into the middle of another: every frame, ours and the core's, is written
  whole, in one `write`, on the event loop's thread; the core sends no fragments of its own;
- nothing is compressed: `ws_per_message_deflate` is off (a shared bytes object cannot be);
- the core need not know of data frames: it keeps no state for those it sends, only for the
  handshake, pings and closing, which stay with it;
- nothing follows a close frame: `write` looks at `close_sent` and at the transport.

While nothing waits in the transport, a frame may go past that too, straight to the descriptor: it is
lent to the page's listener, which spares half of what a delivery costs beside the kernel. That is
sound as long as it is taken back before anything could wait in the transport or the descriptor could
be another connection's: at each write of the core's that leaves something over, at each close frame,
at each closing, and when the connection is lost, which the loop says before it closes it.
`tests/live/test_wire.py` holds these against the core itself.
"""

import asyncio
import socket
import time
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

from quanzi.live.lean import Gate, Inbox

if TYPE_CHECKING:
    from quanzi.live.listener import Listener

# Bytes in the transport at which it says "paused"; below it nobody counts them.
HIGH_WATER = 64 * 1024
# The kernel takes no more than this beyond what is under way. Left alone it takes up to four
# megabytes for a page that does not read, and for minutes nobody would know that it is slow.
MOST_UNSENT = 32 * 1024
MOST_FRAGMENTS = 64
# A page that is sent away and does not read gets so long to take the close frame.
ABORT_AFTER = 5.0

# A page that vanished without a word does not acknowledge the next head; the kernel then ends the
# connection after so long: some seven tries, and with the wait for the head no more than 45 seconds.
# Websocket pings would find it too, for a quarter of the process's time.
GONE_AFTER_MS = 18_000

SCOPE_KEY = "quanzi.wire"
NOT_LENT = -1


class LiveProtocol(WebSocketsSansIOProtocol):
    """Is a `listener.Wire`; a handler finds it in `scope["extensions"]["quanzi.wire"]`."""

    paused_since: float | None = None
    _descriptor = NOT_LENT
    _lent_to: "Listener | None" = None
    _close_sent = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.queue = cast("Any", Inbox())
        self.writable = cast("Any", Gate())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", Watched(transport, self)))

    async def run_asgi(self) -> None:
        extensions = cast("dict[str, Any]", self.scope["extensions"])
        extensions[SCOPE_KEY] = self
        self.transport.set_write_buffer_limits(high=HIGH_WATER)
        connected = self.transport.get_extra_info("socket")
        _bound(connected)
        # What is sealed on its way cannot go past its seal.
        if connected is not None and self.transport.get_extra_info("sslcontext") is None:
            self._descriptor = connected.fileno()
        await super().run_asgi()

    def settle(self) -> None:
        """The page is in: what its handshake said is not kept for the hours that it is open."""
        # The core's parser holds on to the request itself.
        self.request.headers.clear()
        self.response.headers.clear()
        cast("list[Any]", self.scope["headers"]).clear()

    # ── as a Wire ──

    def write(self, data: bytes) -> None:
        if not self.close_sent and not self.disconnected:
            self.transport.write(data)

    def waiting(self) -> int:
        return int(self.transport.get_write_buffer_size())

    def lend(self, to: "Listener") -> int:
        """The descriptor, when a frame may be written to it now; `to.descriptor` is set to NOT_LENT
        as soon as it no longer may.
        """
        if self.close_sent or self.disconnected or self.transport.is_closing() or self.waiting():
            return NOT_LENT
        self._lent_to = to
        return self._descriptor

    def take_back(self) -> None:
        if self._lent_to is not None:
            self._lent_to.descriptor = NOT_LENT
            self._lent_to = None

    @property
    def close_sent(self) -> bool:
        return self._close_sent

    @close_sent.setter
    def close_sent(self, sent: bool) -> None:
        self._close_sent = sent
        if sent:
            self.take_back()

    def leave(self, code: int, reason: str) -> None:
        """Send a close frame; if the page does not read it, hang up after a while."""
        if self.close_sent or self.disconnected or self.conn.state is not State.OPEN:
            return
        self.conn.send_close(code, reason)
        self.close_sent = True
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.close_timer = self.loop.call_later(ABORT_AFTER, self._hang_up)
        self._read_on()

    # ── what uvicorn leaves open ──

    def pause_writing(self) -> None:
        super().pause_writing()
        self.paused_since = time.monotonic()
        # Who does not read is not read from: its pings would fill the buffer with pongs.
        if not self.close_sent:
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.paused_since = None
        if not self.read_paused:
            self.transport.resume_reading()

    def handle_cont(self, event: Frame) -> None:
        # The core bounds a message's bytes, not its pieces; empty pieces are free to send.
        if len(self.frames) >= MOST_FRAGMENTS:
            self.leave(1009, "too many fragments")
            return
        super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.leave(1007, "not UTF-8")
                return
        super().send_receive_event_to_app()

    def connection_lost(self, exc: Exception | None) -> None:
        self.take_back()
        self.paused_since = None
        super().connection_lost(exc)

    def _read_on(self) -> None:
        self.read_paused = False
        self.transport.resume_reading()

    def _hang_up(self) -> None:
        self.close_timer = None
        self.transport.abort()


class Watched:
    """The transport as the core sees it. What it does not take at once, and its end, take back the
    descriptor that is lent.
    """

    __slots__ = ("_transport", "_wire")

    def __init__(self, transport: asyncio.BaseTransport, wire: LiveProtocol) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._wire = wire

    def write(self, data: bytes) -> None:
        self._transport.write(data)
        if self._transport.get_write_buffer_size():
            self._wire.take_back()

    def close(self) -> None:
        self._wire.take_back()
        self._transport.close()

    def abort(self) -> None:
        self._wire.take_back()
        self._transport.abort()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _bound(connected: socket.socket | None) -> None:
    # Linux can; elsewhere the system's own patience, of some minutes, has to do.
    if connected is not None and connected.family in {socket.AF_INET, socket.AF_INET6}:
        for name, value in (
            ("TCP_USER_TIMEOUT", GONE_AFTER_MS),
            ("TCP_NOTSENT_LOWAT", MOST_UNSENT),
        ):
            option = getattr(socket, name, None)
            if option is not None:
                connected.setsockopt(socket.IPPROTO_TCP, option, value)
