"""One of several serving processes: `python -m quanzi.worker LISTENING_FD READY_FD`."""

import asyncio
import os
import signal
import socket
import sys

import uvloop

from quanzi.servers.tie import follow
from quanzi.serving import serve


async def main(listening_fd: int, ready_fd: int) -> None:
    # Left alone, nobody would replace it, stop it, or free its port. Who was left before this line
    # finds nobody to tell that it is ready.
    follow(signal.SIGTERM)
    started = asyncio.Event()
    serving = asyncio.create_task(serve(socket.socket(fileno=listening_fd), started, alone=False))
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if started.is_set():
        os.write(ready_fd, b"1")
    os.close(ready_fd)
    await serving


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
