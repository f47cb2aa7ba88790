"""Django with the same database, as a peer of the page: one process of gunicorn's."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from bench.fanout.watching import SERVER_CORE, listens
from bench.peers import installed
from bench.ports import free_port


@contextmanager
def served() -> Iterator[str]:
    """Its address; '' where Django could not be had. Inside `prepared`."""
    python = installed()
    if python is None:
        yield ""
        return
    port = free_port()
    command = [
        "taskset", "-c", SERVER_CORE, str(python), "-m", "gunicorn", "circle:application",
        "--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", "gthread", "--threads", "4",
        "--keep-alive", "60", "--log-level", "critical",
    ]  # fmt: skip
    serving = subprocess.Popen(
        command, cwd=Path(__file__).parent / "django_site", env={**os.environ, **_database()},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        asyncio.run(listens(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.terminate()
        serving.wait()


def _database() -> dict[str, str]:
    asked = urlsplit(os.environ["DATABASE_URL"])
    host = parse_qs(asked.query).get("host", [asked.hostname or ""])[0]
    return {
        "BENCH_DATABASE": asked.path.lstrip("/"),
        "BENCH_HOST": unquote(host),
        "BENCH_USER": unquote(asked.username or ""),
    }
