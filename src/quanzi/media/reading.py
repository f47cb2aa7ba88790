"""Images in: what a stranger sent becomes a picture of ours, or is refused with a reason."""

import asyncio
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary

from quanzi.media import child
from quanzi.media.child import Unreadable
from quanzi.media.store import SIZES, Size, Store

MOST_BYTES = 10 * 2**20
AT_ONCE = 2  # per process: up to 300 MB and a core each


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height are the largest size's; another is `min(SIZES[…], width)` wide."""

    name: str
    width: int
    height: int
    colour: str


async def take(source: Path | bytes, into: Store) -> Picture:
    """Leaves nothing behind but the stored files, and not even these when it fails."""
    if _bytes_of(source) > MOST_BYTES:
        raise Unreadable("too_large")
    async with _turns():
        with tempfile.TemporaryDirectory(prefix="quanzi-picture-") as temporary:
            folder = Path(temporary)
            drawn = await child.squeezed(await _as_file(source, folder), folder)
            name = await _stored(folder, into)
    return Picture(name, drawn.width, drawn.height, drawn.colour)


def _bytes_of(source: Path | bytes) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


_turns_of: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turns() -> asyncio.Semaphore:
    """A semaphore belongs to the loop it was first waited for in; a process has one, tests many."""
    return _turns_of.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _as_file(source: Path | bytes, folder: Path) -> Path:
    if isinstance(source, Path):
        return source
    await _to_the_end((folder / "source").write_bytes, source)
    return folder / "source"


async def _stored(folder: Path, into: Store) -> str:
    name = secrets.token_hex(16)
    try:
        await _to_the_end(_put_all, folder, into, name)
    except BaseException:
        await _to_the_end(into.delete, name)
        raise
    return name


def _put_all(folder: Path, into: Store, name: str) -> None:
    for size, width in SIZES.items():
        into.put(name, cast("Size", size), folder / f"{width}.webp")


async def _to_the_end(work: Callable[..., object], *given: object) -> None:
    """In a thread. A thread cannot be stopped, so whoever is cancelled meanwhile waits for it."""
    working = asyncio.ensure_future(asyncio.to_thread(work, *given))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise
