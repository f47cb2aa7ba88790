"""`quanzi serve`: servers, schema, demo, and then the site, in one process or several."""

import asyncio
import contextlib
import ipaddress
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
import uvloop
from prometheus_client.multiprocess import mark_process_dead

from quanzi.commands.backing import backed
from quanzi.commands.failure import Failed
from quanzi.settings import public_url, settings

# A worker that dies is replaced; one that dies at once is not replaced at once.
RESTART_PAUSE = 1.0
# Longer than a worker's own longest goodbye.
STOP_SECONDS = 30.0


def run(*, host: str, port: int, workers: int, demo: bool) -> None:
    beyond = not _is_loopback(host)
    if beyond and not public_url():
        raise Failed(f"QUANZI_URL must be set to listen on {host}: the address people will use.")
    listening = _listen(host, port)
    _open_as_many_as_allowed()
    with backed() as embedded:
        _make_media_folder()
        uvloop.run(_prepare(beyond=beyond, demo=demo and embedded))
        where = f"http://{_shown(host)}:{listening.getsockname()[1]}"
        if workers == 1:
            uvloop.run(_serve_here(listening, where))
        else:
            with _shared_figures():
                _Crew(listening, workers).run(where)


async def _prepare(*, beyond: bool, demo: bool) -> None:
    from quanzi.db.migrating import MigrationFailed, migrate  # noqa: PLC0415 - settings come first

    try:
        await migrate()
    except (MigrationFailed, OSError) as why:
        raise Failed(f"The database could not be made ready: {why}") from why
    if demo or beyond:
        await _prepare_demo(beyond=beyond, demo=demo)
    await _prepare_set_up()


async def _prepare_set_up() -> None:
    """A code for who sets the site up, as long as there is something to set up."""
    from quanzi.founding import code, opening  # noqa: PLC0415 - settings come first

    if settings().set_up and await opening.is_open():
        code.made()
    else:
        code.forget()


def _announce(where: str) -> None:
    from quanzi.founding import code  # noqa: PLC0415 - settings come first

    click.echo(f"Quanzi is at {where}")
    if code.file().exists():
        at, opens = public_url() or where, code.made()
        click.echo(
            f"It waits to be set up: open {at}/setup?code={opens}\n"
            f"The code {opens} is good until somebody has, and is kept in {code.file()}."
        )


async def _prepare_demo(*, beyond: bool, demo: bool) -> None:
    from quanzi.demo import loading  # noqa: PLC0415 - settings come first

    if demo and await loading.is_empty():
        await loading.load()
    if beyond and await loading.has_demo_passwords():
        raise Failed(
            "Demo accounts still have the demo password, so the site stays on loopback. "
            "Use another database, or change these passwords."
        )


@contextmanager
def _shared_figures() -> Iterator[None]:
    """Where workers write their figures, so that any of them can answer `/metrics` for all."""
    with tempfile.TemporaryDirectory(prefix="metrics-", dir=settings().var) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


async def _serve_here(listening: socket.socket, where: str) -> None:
    from quanzi.serving import serve  # noqa: PLC0415 - settings come first

    started = asyncio.Event()
    serving = asyncio.create_task(serve(listening, started))
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if started.is_set():
        _announce(where)
    waiting.cancel()
    await serving


class _Crew:
    """Several workers on one listening socket; watched, replaced, and stopped together."""

    def __init__(self, listening: socket.socket, count: int) -> None:
        self.listening = listening
        self.count = count
        self.workers: dict[int, subprocess.Popen[bytes]] = {}
        self.stopping = threading.Event()

    def run(self, where: str) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop())
        for place in range(self.count):
            self._start(place)
        if not self._any_lives() and not self.stopping.is_set():
            raise Failed("No worker could start; the lines above say why.")
        if not self.stopping.is_set():
            _announce(where)
        self._watch()

    def _any_lives(self) -> bool:
        return any(worker.poll() is None for worker in self.workers.values())

    def _start(self, place: int) -> None:
        """Returns when the worker can serve, or has died trying."""
        if self.stopping.is_set():
            return
        reading, writing = os.pipe()
        try:
            worker = subprocess.Popen(
                [sys.executable, "-m", "quanzi.worker", str(self.listening.fileno()), str(writing)],
                pass_fds=[self.listening.fileno(), writing],
                # Signals of the terminal reach the workers through us, once.
                start_new_session=True,
            )
        except (OSError, ValueError):
            if self.stopping.is_set():  # told to, since the first line: the door is closed
                return
            raise
        os.close(writing)
        self.workers[place] = worker
        if self.stopping.is_set():  # told to, between the last two lines
            worker.terminate()
        with os.fdopen(reading, "rb") as ready:
            ready.read(1)

    def _watch(self) -> None:
        # Though all die at once, and for as long as none can start: the database will be back.
        while not self.stopping.is_set() or self._any_lives():
            for place, worker in list(self.workers.items()):
                if worker.poll() is not None and not self.stopping.is_set():
                    click.echo(
                        f"quanzi: a worker ended ({worker.returncode}); starting another", err=True
                    )
                    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
                    time.sleep(RESTART_PAUSE)
                    self._start(place)
            time.sleep(0.1)

    def _stop(self) -> None:
        if self.stopping.is_set():
            return
        self.stopping.set()
        # Nobody is kept waiting at a door that will not be opened; see `Server.shutdown`.
        self.listening.listen(0)
        workers = list(self.workers.values())
        for worker in workers:
            worker.terminate()
        self.listening.close()
        deadline = time.monotonic() + STOP_SECONDS
        for worker in workers:
            try:
                worker.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as why:
        raise Failed(f"Cannot listen on {host}:{port}: {why.strerror or why}.") from why
    listening.set_inheritable(True)
    return listening


def _open_as_many_as_allowed() -> None:
    """Every open page is a connection; what a shell begins with is a thousand."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _make_media_folder() -> None:
    try:
        settings().media.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as why:
        raise Failed(f"QUANZI_MEDIA: {settings().media} cannot be made: {why.strerror}.") from why


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
