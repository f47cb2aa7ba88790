"""Where pictures lie. A name is 128 random bits of our own making, never anything from outside."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, Protocol

Size = Literal["s", "m", "l"]
# Widths at most; a small picture has all three sizes too, so that nobody needs to ask.
SIZES: Final[Mapping[str, int]] = MappingProxyType({"s": 360, "m": 720, "l": 1440})

_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)


class WrongName(ValueError):
    """No picture can have this name or size."""


class Store(Protocol):
    """Called from threads: these may wait for a disk or a network."""

    def put(self, name: str, size: Size, file: Path) -> None: ...

    def delete(self, name: str) -> None: ...


class FolderStore:
    """`ab/cd…-720.webp` under one folder that only this account may enter."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, size: Size, file: Path) -> None:
        """A reader sees the whole file or none, whatever fails on the way."""
        place = self.path(name, size)
        self._make_room(place.parent)
        handle, fresh = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".fresh")
        try:
            with open(handle, "wb") as copy, file.open("rb") as original:
                shutil.copyfileobj(original, copy)
                copy.flush()
                os.fsync(copy.fileno())
            os.replace(fresh, place)
        except BaseException:
            os.unlink(fresh)
            raise
        _settle(place.parent)

    def path(self, name: str, size: str) -> Path:
        if not _NAME.fullmatch(name) or size not in SIZES:
            raise WrongName(repr((name, size)))
        return self.root / name[:2] / f"{name[2:]}-{SIZES[size]}.webp"

    def delete(self, name: str) -> None:
        """All sizes; not being there is as good as being deleted."""
        for size in SIZES:
            self.path(name, size).unlink(missing_ok=True)

    def _make_room(self, folder: Path) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _settle(folder: Path) -> None:
    """A rename outlives a power cut only once its folder has been written down."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
