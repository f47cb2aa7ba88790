"""What of a site lies in files, and what each is called in a backup.

Left out on purpose: what is made again when somebody asks (exports of members' data), what is on its
way elsewhere (letters that became files), pictures of an import that is not over (their rows say so),
logs, and Valkey, which holds only what may be lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quanzi.media.store import SIZES
from quanzi.settings import settings

ANCHORS = "anchors.log"
# Without them what the database holds of people's names and numbers, and whom browsers expect to
# hear from, could not be read any more.
KEYS = ("secret", "pepper", "identity-keys", "push-key.pem")

_WIDTHS = "|".join(str(width) for width in SIZES.values())


@dataclass(frozen=True, slots=True)
class Room:
    """`inside`: what a file may be called below `root`; `top`: what of `root` itself is the room's."""

    name: str
    root: Path
    inside: re.Pattern[str]
    top: re.Pattern[str]

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each with its name in a backup, in an order of their names."""
        if self.root.is_dir():
            for path in sorted(self.root.rglob("*")):
                inside = path.relative_to(self.root).as_posix()
                if self.inside.fullmatch(inside) and path.is_file():
                    yield f"{self.name}/{inside}", path

    def holds(self, name: str) -> bool:
        room, _, inside = name.partition("/")
        return room == self.name and self.inside.fullmatch(inside) is not None


def rooms() -> tuple[Room, Room, Room]:
    var = settings().var
    keys = re.compile("|".join(map(re.escape, KEYS)))
    return (
        Room(
            "media",
            settings().media,
            re.compile(rf"[0-9a-f]{{2}}/[0-9a-f]{{30}}-({_WIDTHS})\.webp", re.ASCII),
            re.compile(r"[0-9a-f]{2}", re.ASCII),
        ),
        Room(
            "verification",
            var / "verification",
            re.compile(r"[0-9a-f]{32}\.sealed", re.ASCII),
            re.compile(r"[0-9a-f]{32}\.sealed", re.ASCII),
        ),
        Room("keys", var, keys, keys),
    )


def anchors_room() -> Room:
    """A room of its own, since the operator says where the file lies and what it is called."""
    file = settings().anchor
    called = re.compile(re.escape(file.name))
    return Room("anchors", file.parent, called, called)


def known(name: str) -> bool:
    return name == ANCHORS or any(room.holds(name) for room in rooms())
