"""Files out of a backup: first beside their places, then into them, and what lay there is kept."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from quanzi.backup.archive import pieces
from quanzi.backup.checking import Checked, Member
from quanzi.backup.rooms import ANCHORS, Room, anchors_room, rooms
from quanzi.settings import settings

# Within the folder itself, or a rename might have to cross from one disk to another.
BESIDE, FORMER = ".restoring", ".before-restore"


@dataclass(slots=True)
class Placed:
    """What has been moved, so that it can be moved back; `former` names where old things lie now."""

    former: list[Path] = field(default_factory=list)
    _moves: list[tuple[Path, Path]] = field(default_factory=list)

    def move(self, source: Path, target: Path) -> None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source.rename(target)
        self._moves.append((source, target))

    def undo(self) -> None:
        for source, target in reversed(self._moves):
            target.rename(source)
        for folder in self.former:
            folder.rmdir()  # empty again, or it holds what nobody may lose
        self.former.clear()
        self._moves.clear()


@contextmanager
def beside(
    file: BinaryIO, checked: Checked, told: Callable[[int, int], object]
) -> Iterator[Callable[[str], Placed]]:
    """Within the block they lie beside; `place(when)` puts them where they belong."""
    homes = _homes()
    try:
        _lay(file, checked, homes, told)
        yield lambda when: _place(homes, when)
    finally:
        for room in homes:
            shutil.rmtree(room.root / BESIDE / room.name, ignore_errors=True)
            if (room.root / BESIDE).is_dir() and not any((room.root / BESIDE).iterdir()):
                (room.root / BESIDE).rmdir()


def _homes() -> tuple[Room, ...]:
    return (*rooms(), anchors_room())


def _lay(
    file: BinaryIO,
    checked: Checked,
    homes: tuple[Room, ...],
    told: Callable[[int, int], object],
) -> None:
    for room in homes:
        shutil.rmtree(room.root / BESIDE / room.name, ignore_errors=True)
        room.root.parent.mkdir(parents=True, exist_ok=True)
        for folder in (room.root, room.root / BESIDE, room.root / BESIDE / room.name):
            folder.mkdir(mode=0o700, exist_ok=True)
    ours = {name: home for name in checked.members if (home := _home(name, homes)) is not None}
    for done, (name, home) in enumerate(ours.items(), start=1):
        inside = settings().anchor.name if name == ANCHORS else name.partition("/")[2]
        _write(file, checked.members[name], home.root / BESIDE / home.name / inside)
        told(done, len(ours))
    # One call for all of them: a hundred thousand small pictures are not waited for one by one.
    os.sync()


def _home(name: str, homes: tuple[Room, ...]) -> Room | None:
    if name == ANCHORS:
        return homes[-1]
    return next((room for room in homes[:-1] if room.holds(name)), None)


def _write(file: BinaryIO, member: Member, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.seek(member.offset)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in pieces(file, member.size):
            out.write(piece)


def _place(homes: tuple[Room, ...], when: str) -> Placed:
    placed = Placed()
    try:
        for room in homes:
            _put_aside(room, placed, when)
            for each in sorted((room.root / BESIDE / room.name).iterdir()):
                placed.move(each, room.root / each.name)
    except OSError:
        placed.undo()
        raise
    os.sync()
    return placed


def _put_aside(room: Room, placed: Placed, when: str) -> None:
    """All of the room, also what the backup has nothing for: another site's keys and pictures."""
    former = room.root / f"{FORMER}-{when}"
    for each in sorted(room.root.iterdir()):
        if room.top.fullmatch(each.name):
            placed.move(each, former / each.name)
            if former not in placed.former:
                placed.former.append(former)
