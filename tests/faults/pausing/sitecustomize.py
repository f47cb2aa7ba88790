"""Loaded into a served process from outside, by `PYTHONPATH`: it stands still at a named moment of
a deed, to be killed there. The program itself knows nothing of it.

`QUANZI_PAUSE`: a folder. A file there, named as a moment, arms it; the process that comes to that
moment takes the file away, leaves `at` with its process id, and stops.
"""

import asyncio
import os
import signal
from contextvars import ContextVar
from pathlib import Path

# Of one deed, in their order.
MOMENTS = ("uncommitted", "committed", "rung", "answered")

_deed: ContextVar[bool] = ContextVar("deed", default=False)
_numbered: ContextVar[bool] = ContextVar("numbered", default=False)


def install(folder: Path) -> None:
    import uvicorn

    def come_to(moment: str) -> None:
        if not (_deed.get() and _numbered.get()):
            return
        try:
            (folder / moment).unlink()
        except FileNotFoundError:
            return
        (folder / "at.new").write_text(f"{os.getpid()}")
        (folder / "at.new").rename(folder / "at")
        os.kill(os.getpid(), signal.SIGSTOP)

    real_startup = uvicorn.Server.startup

    async def startup(self, *given, **named):
        # By now the program has been loaded as it is.
        _around_commit(come_to)
        _around_numbering()
        _around_bell(come_to)
        _around_answer(come_to)
        return await real_startup(self, *given, **named)

    uvicorn.Server.startup = startup


def _around_commit(come_to) -> None:
    from asyncpg.transaction import Transaction

    real = Transaction._Transaction__commit

    async def commit(self):
        come_to("uncommitted")
        await real(self)
        come_to("committed")

    Transaction._Transaction__commit = commit


def _around_numbering() -> None:
    from quanzi.activity import recording

    real = recording.row

    async def row(*given):
        _numbered.set(True)
        return await real(*given)

    recording.row = row


def _around_bell(come_to) -> None:
    from quanzi.live import bell

    real = bell._publish

    async def publish(*given):
        await real(*given)
        come_to("rung")

    bell._publish = publish


def _around_answer(come_to) -> None:
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

    real_run, real_send = RequestResponseCycle.run_asgi, RequestResponseCycle.send

    async def run_asgi(self, app):
        _deed.set(self.scope["method"] == "POST")
        await real_run(self, app)

    async def send(self, message):
        await real_send(self, message)
        if self.response_complete:
            # uvloop writes at the end of its turn.
            asyncio.get_running_loop().call_soon(come_to, "answered")

    RequestResponseCycle.run_asgi, RequestResponseCycle.send = run_asgi, send


if "QUANZI_PAUSE" in os.environ:
    install(Path(os.environ["QUANZI_PAUSE"]))
