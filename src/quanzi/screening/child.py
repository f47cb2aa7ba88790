"""Runs eye.py, asks it about one picture at a time, and believes nothing it says unseen."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

SCRIPT = Path(__file__).with_name("eye.py")
OPENING_SECONDS = 30.0
# A long picture takes a fifth of a second, and it is nice to everybody else.
ANSWER_SECONDS = 5.0
CLOSING_SECONDS = 1.0

# All that it gets. One thread is enough for it, and it has nobody to report to: the versions of
# onnxruntime that would are not installed, and would be told so.
ENVIRONMENT = {
    "LC_ALL": "C",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}


class Blind(Exception):
    """It could not be started, or has nothing to look with."""


class Gone(Exception):
    """It died or hung over a picture; another must be started."""


class Ready(msgspec.Struct, tag_field="is", tag="ready"):
    model: str


class _Blind(msgspec.Struct, tag_field="is", tag="blind"):
    why: str


class Sight(msgspec.Struct, tag_field="is", tag="seen"):
    score: Annotated[float, msgspec.Meta(ge=0, le=1)]
    hash: Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class Unread(msgspec.Struct, tag_field="is", tag="unread"):
    pass


_first: msgspec.json.Decoder[Ready | _Blind] = msgspec.json.Decoder(Ready | _Blind)
_then: msgspec.json.Decoder[Sight | Unread] = msgspec.json.Decoder(Sight | Unread)
Said = TypeVar("Said")


class Eye:
    def __init__(self, process: Process, model: str) -> None:
        self.model = model
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    async def look(self, files: Sequence[Path]) -> Sight | Unread:
        """Raises Gone, and then it is."""
        try:
            _write(self._process, files)
            return await _said(self._process, _then, ANSWER_SECONDS)
        except Gone:
            await _ended(self._process)
            raise

    async def close(self) -> None:
        await _ended(self._process, CLOSING_SECONDS)


async def opened(folder: Path) -> Eye:
    """Raises Blind."""
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", SCRIPT, str(os.getpid()), folder,
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=ENVIRONMENT, start_new_session=True,
        )  # fmt: skip
    except OSError as why:
        raise Blind(str(why)) from why
    try:
        said = await _said(process, _first, OPENING_SECONDS)
    except BaseException as why:
        await _ended(process)
        if isinstance(why, Gone):
            raise Blind(str(why)) from why
        raise
    if isinstance(said, _Blind):
        await _ended(process)
        raise Blind(said.why)
    return Eye(process, said.model)


def _write(process: Process, files: Sequence[Path]) -> None:
    """Not drained: one short line is all there ever is in the pipe."""
    assert process.stdin is not None  # noqa: S101 - asked for above
    try:
        process.stdin.write(json.dumps([str(file) for file in files]).encode() + b"\n")
    except (OSError, RuntimeError) as why:
        raise Gone(str(why)) from why


async def _said(process: Process, reading: "msgspec.json.Decoder[Said]", within: float) -> Said:
    assert process.stdout is not None  # noqa: S101 - asked for above
    try:
        async with asyncio.timeout(within):
            line = await process.stdout.readline()
            if not line:
                raise Gone(f"it ended with {await process.wait()}")
    except TimeoutError:
        raise Gone(f"it said nothing for {within:.0f} seconds") from None
    except (OSError, ValueError) as why:
        raise Gone(str(why)) from why
    try:
        return reading.decode(line)
    except msgspec.MsgspecError as why:
        raise Gone(f"it said what it cannot mean: {why}") from why


async def _ended(process: Process, patience: float = 0.0) -> None:
    """It ends by itself when nobody can ask it any more; who has no patience ends it."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(patience):
            await process.wait()
    except TimeoutError:
        if process.returncode is None:
            process.kill()
        await process.wait()
