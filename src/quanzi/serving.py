"""One process that serves: uvicorn with our websocket protocol and our way of leaving."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from quanzi.app import create_app
from quanzi.live.protocol import LiveProtocol
from quanzi.web import logs
from quanzi.web.front import Front

# A live page says where it stands, and no more: four kilobytes are plenty.
MOST_SAID = 4096
GRACE_SECONDS = 10
# For who has knocked already: a few turns of the loop.
LET_IN_SECONDS = 0.1


class Server(uvicorn.Server):
    """Before the sockets are closed, every live page is told when to come back."""

    def __init__(self, config: uvicorn.Config, app: Any, *, alone: bool = True) -> None:
        super().__init__(config)
        self._app = app
        self._alone = alone

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """A signal to stop is obeyed, and not raised again: the servers are yet to be let go."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._alone and sockets:
            # Closed at once, the kernel would hang up on who waits to be let in; a proxy may not send
            # their form to another node then. From now on it lets nobody wait.
            for each in sockets:
                each.listen(0)
            await asyncio.sleep(LET_IN_SECONDS)
        for server in self.servers:
            server.close()
        if not self.force_exit:
            await self._app.state.station.say_goodbye()
        await super().shutdown(sockets)


async def serve(
    listening: socket.socket, started: "asyncio.Event | None" = None, *, alone: bool = True
) -> None:
    """Until a signal says stop. `started` is set when the first page can be asked for. Not `alone`,
    other processes go on letting people in by the same socket.
    """
    logs.set_up()
    app = create_app()
    server = Server(_config(Front(app)), app, alone=alone)
    telling = asyncio.create_task(_tell(server, started)) if started else None
    await server.serve(sockets=[listening])
    if telling is not None:
        telling.cancel()


def _config(app: Any) -> uvicorn.Config:
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    return uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws=LiveProtocol,
        ws_max_size=MOST_SAID,
        ws_per_message_deflate=False,
        # Heads are the heartbeat, and the kernel notices who is gone: see live/protocol.py.
        ws_ping_interval=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=30,
        backlog=4096,
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="on",
    )


async def _tell(server: Server, started: asyncio.Event) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn has a flag, not an event
        await asyncio.sleep(0.005)
    started.set()
