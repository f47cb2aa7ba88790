"""Runs squeeze.py within a limit of time, and believes nothing it says unseen."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import msgspec

from quanzi.media.store import SIZES

Reason = Literal["too_large", "too_many_pixels", "not_an_image", "broken", "timeout"]

WALL_SECONDS = 4.0
SCRIPT = Path(__file__).with_name("squeeze.py")
LONGEST_LINE = 1000


class Unreadable(Exception):
    """It is the file that is wrong; the caller puts the reason into words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Drawn(msgspec.Struct, tag_field="is", tag="drawn"):
    width: Annotated[int, msgspec.Meta(ge=1)]
    height: Annotated[int, msgspec.Meta(ge=1)]
    colour: Annotated[str, msgspec.Meta(pattern=r"\A#[0-9a-f]{6}\Z")]


class _Refused(msgspec.Struct, tag_field="is", tag="refused"):
    reason: Reason


_answer: msgspec.json.Decoder[Drawn | _Refused] = msgspec.json.Decoder(Drawn | _Refused)


async def squeezed(source: Path, folder: Path) -> Drawn:
    """The child talks into a file: a pipe that nobody empties would hide that it has died."""
    try:
        with (folder / "said").open("wb") as ear:
            async with asyncio.timeout(WALL_SECONDS):
                code = await _run(source, folder, ear)
    except TimeoutError:
        raise Unreadable("timeout") from None
    with (folder / "said").open("rb") as said:
        drawn = _understood(code, said.read(LONGEST_LINE))
    if not all(_is_there(folder / f"{width}.webp") for width in SIZES.values()):
        raise Unreadable("broken")
    return drawn


async def _run(source: Path, folder: Path, ear: BinaryIO) -> int:
    """By path, isolated, in an empty environment: it gets no secrets and no import path."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", SCRIPT, source, folder, *map(str, SIZES.values()),
        stdin=DEVNULL, stdout=ear, stderr=DEVNULL, env={}, start_new_session=True,
    )  # fmt: skip
    try:
        return await child.wait()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


def _understood(code: int, line: bytes) -> Drawn:
    if code == -signal.SIGXCPU:
        raise Unreadable("timeout")
    try:
        said = _answer.decode(line)
    except msgspec.MsgspecError:
        raise Unreadable("broken") from None  # it was killed before it could say a word
    if isinstance(said, _Refused):
        raise Unreadable(said.reason)
    if code != 0:
        raise Unreadable("broken")
    return said


def _is_there(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()
