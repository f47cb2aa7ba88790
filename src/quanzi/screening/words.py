"""Words that something wrong is told by, what looks like them and is harmless, and hosts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quanzi.screening.categories import CATEGORIES

FOLDER = Path(__file__).parent / "words"
FLAGS = frozenset({"sound", "whole", "allow", "host"})
_HEAD = re.compile(r"\[([a-z0-9. ]+)\]")


@dataclass(frozen=True, slots=True)
class Word:
    """`weight`: how surely it tells, 0 to 1; from a half on it is enough by itself.

    `sound`: also by how it sounds, in characters or letters; `whole`: not inside another word of
    letters; `allow`: harmless, and what of its category it touches is no find; `host`: of a link,
    with whatever stands before its dot.
    """

    category: str
    text: str
    weight: float
    flags: frozenset[str] = frozenset()


def of_files() -> tuple[Word, ...]:
    return tuple(word for category in CATEGORIES for word in _of_file(category))


def _of_file(category: str) -> Iterator[Word]:
    """Its form is told at the top of each file."""
    weight, flags = 0.0, frozenset[str]()
    for line in (FOLDER / f"{category}.txt").read_text(encoding="utf-8").splitlines():
        head = _HEAD.fullmatch(line.strip())
        if head:
            parts = head[1].split()
            flags = frozenset(parts) & FLAGS
            weight = next((float(part) for part in parts if part not in FLAGS), 0.0)
        elif not line.startswith("#"):
            for text in filter(None, map(str.strip, line.split(","))):
                yield Word(category, text, weight, flags)
