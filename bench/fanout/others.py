"""What others would have taken: a Node server on `ws`, and Django Channels.

Each is installed once, into `.venv-peers` beside the project's own environment: `ws` where there is
npm, Channels from requirements of its own. Neither is a part of Quanzi.
"""

import asyncio
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.fanout.watching import SERVER_CORE, Pages, Result, listens, rss, watched
from bench.peers import ROOM, installed
from bench.ports import free_port

HERE = Path(__file__).parent
WS = "ws@8.23.0"


async def node_ws(folder: Path, count: int, length: int) -> Result | None:
    """None where there is no Node to run it."""
    if shutil.which("node") is None or not _has_ws():
        return None
    port = free_port()
    # Node's own way of finding packages begins at the folder it runs in.
    command = ["node", str(HERE / "node_ws.mjs"), str(port)]
    return await _measured(
        "Node, ws 8.23", command, ROOM / "node", {}, port, (folder, count, length)
    )


async def channels(folder: Path, count: int, length: int) -> Result | None:
    python = installed()
    if python is None:
        return None
    port = free_port()
    command = [
        str(python), "-m", "uvicorn", "broadcast:application", "--port", str(port), "--log-level", "critical",
        "--ws-ping-interval", "3600",
    ]  # fmt: skip
    told = {"BENCH_VALKEY": os.environ["VALKEY_URL"]}
    return await _measured(
        "Django Channels 4.3", command, HERE / "channels", told, port, (folder, count, length)
    )


async def _measured(
    name: str,
    command: Sequence[str],
    where: Path,
    told: Mapping[str, str],
    port: int,
    round_: tuple[Path, int, int],
) -> Result:
    folder, count, length = round_
    process = await asyncio.create_subprocess_exec(
        "taskset", "-c", SERVER_CORE, *command, cwd=where, env={**os.environ, **told},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await listens(port)
        empty = rss(process.pid)
        pages = await Pages.opened(folder, count, port, rate=400, path="/live")
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/pub", data=b"x" * (length - 4))

        def publish() -> int:
            moment = time.monotonic_ns()
            with urllib.request.urlopen(asked) as answer:
                answer.read()
            return moment

        async def post() -> int:
            return await asyncio.to_thread(publish)

        result = await watched(name, process.pid, empty, pages, post, length - 4)
        await pages.close()
        return result
    finally:
        process.terminate()
        await process.wait()


def _has_ws() -> bool:
    room = ROOM / "node"
    if not (room / "node_modules" / "ws").exists():
        room.mkdir(parents=True, exist_ok=True)
        asked = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", WS]
        subprocess.run(asked, cwd=room, capture_output=True, check=False)
    return (room / "node_modules" / "ws").exists()
