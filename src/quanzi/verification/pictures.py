"""Pictures of documents: re-encoded like all others, sealed with their person's key, served to nobody.

They lie in a folder of their own; only who decides sees them, within the page that says why.
"""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from quanzi.errors import Invalid, said
from quanzi.media.child import Unreadable
from quanzi.media.reading import take
from quanzi.media.store import Size
from quanzi.settings import settings
from quanzi.verification.sealing import Envelope

MOST = 2
NAME = re.compile(r"[0-9a-f]{32}")


class Sealed:
    """A store, as `media` wants one; of all sizes only the largest is kept."""

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope

    def put(self, name: str, size: Size, file: Path) -> None:
        if size != "l":
            return
        place = path(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600, exist_ok=False)
        place.write_bytes(self._envelope.seal(name, file.read_bytes()))

    def delete(self, name: str) -> None:
        path(name).unlink(missing_ok=True)


async def taken_in(files: Sequence[bytes], envelope: Envelope) -> list[str]:
    """Their names. Raises Invalid, and leaves none behind then."""
    if not 1 <= len(files) <= MOST:
        raise Invalid(pictures=said("请上传证件的照片，1–%(most)d 张。", most=MOST))
    names: list[str] = []
    try:
        for file in files:
            names.append((await take(file, Sealed(envelope))).name)  # noqa: PERF401 - kept as they come
    except Unreadable as why:
        await discard(names)
        raise Invalid(pictures=said("照片读不出来，请换一张 JPEG 或 PNG，不超过 10 MB。")) from why
    return names


async def opened(names: Sequence[str], envelope: Envelope) -> list[bytes]:
    """Those that are still there."""
    return await asyncio.to_thread(
        lambda: [
            envelope.open(name, path(name).read_bytes()) for name in names if path(name).exists()
        ]
    )


async def discard(names: Sequence[str]) -> None:
    await asyncio.to_thread(_gone, names)


def _gone(names: Sequence[str]) -> None:
    for name in names:
        path(name).unlink(missing_ok=True)


def path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return settings().var / "verification" / f"{name}.sealed"
