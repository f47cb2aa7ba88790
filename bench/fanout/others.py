"""What others would have taken: a Node server on `ws`, and Django Channels.

Each is installed once, into `.venv-peers` beside the project's own environment: `ws` where there is
npm, Channels from requirements of its own. Neither is a part of Quanzi.
"""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.fanout.peers import published
from bench.fanout.watching import SERVER_CORE, Result
from bench.peers import ROOM, installed
from bench.ports import free_port

HERE = Path(__file__).parent
WS = "ws@8.23.0"
# So many pages come in a second.
RATE = 400


async def node_ws(folder: Path, count: int, length: int) -> Result | None:
    """None where there is no Node to run it."""
    if shutil.which("node") is None or not _has_ws():
        return None
    port = free_port()
    # Node's own way of finding packages begins at the folder it runs in.
    command = ["node", str(HERE / "node_ws.mjs"), str(port)]
    process = await _started(command, ROOM / "node", {})
    return await published("Node, ws 8.23", process, port, (folder, count, length), rate=RATE)


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
    process = await _started(command, HERE / "channels", told)
    return await published("Django Channels 4.3", process, port, (folder, count, length), rate=RATE)


async def _started(
    command: Sequence[str], where: Path, told: Mapping[str, str]
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        "taskset", "-c", SERVER_CORE, *command, cwd=where, env={**os.environ, **told},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


def _has_ws() -> bool:
    room = ROOM / "node"
    if not (room / "node_modules" / "ws").exists():
        room.mkdir(parents=True, exist_ok=True)
        asked = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", WS]
        subprocess.run(asked, cwd=room, capture_output=True, check=False)
    return (room / "node_modules" / "ws").exists()
