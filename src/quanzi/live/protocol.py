"""uvicorn's websocket protocol on `websockets`' sans-I/O core, opened a little.

The hub writes ready-made frames to `transport`, past ASGI: one `write` per page instead of a
coroutine, an encoder and a copy. That is sound as long as
- no frame is written into the middle of another: every frame, ours and the core's, is written
  whole, in one `write`, on the event loop's thread; the core sends no fragments of its own;
- nothing is compressed: `ws_per_message_deflate` is off (a shared bytes object cannot be);
- the core need not know of data frames: it keeps no state for those it sends, only for the
  handshake, pings and closing, which stay with it;
- nothing follows a close frame: `write` looks at `close_sent` and at the transport.
`tests/live/test_protocol.py` holds these against the core itself.
"""

import socket
import time
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

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


class LiveProtocol(WebSocketsSansIOProtocol):
    """Is a `listener.Wire`; a handler finds it in `scope["extensions"]["quanzi.wire"]`."""

    paused_since: float | None = None

    async def run_asgi(self) -> None:
        extensions = cast("dict[str, Any]", self.scope["extensions"])
        extensions[SCOPE_KEY] = self
        self.transport.set_write_buffer_limits(high=HIGH_WATER)
        _bound(self.transport.get_extra_info("socket"))
        await super().run_asgi()

    # ── as a Wire ──

    def write(self, data: bytes) -> None:
        if not self.close_sent and not self.disconnected:
            self.transport.write(data)

    def waiting(self) -> int:
        return int(self.transport.get_write_buffer_size())

    def leave(self, code: int, reason: str) -> None:
        """Send a close frame; if the page does not read it, hang up after a while."""
        if self.close_sent or self.disconnected or self.conn.state is not State.OPEN:
            return
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
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
        self.paused_since = None
        super().connection_lost(exc)

    def _read_on(self) -> None:
        self.read_paused = False
        self.transport.resume_reading()

    def _hang_up(self) -> None:
        self.close_timer = None
        self.transport.abort()


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
