"""Offers and threats that are told by how words stand together: `words/phrases.txt`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from quanzi.screening.normalising import numbered
from quanzi.screening.squeezing import Squeezed
from quanzi.screening.words import FOLDER

_NAME = re.compile(r"([a-z]+) = (.+)")
_HEAD = re.compile(r"\[([a-z]+)\]")
_LINE = re.compile(r"(\d(?:\.\d+)?) (.+)")
_NAMED = re.compile(r"<([a-z]+)>")


class Phrase(NamedTuple):
    category: str
    weight: float
    pattern: re.Pattern[str]


def phrases(together: Squeezed) -> Iterator[tuple[str, float, int, int]]:
    """Category, weight, and where in the normal text."""
    for category, weight, pattern in of_file():
        for found in pattern.finditer(together.text):
            start, last = together.places[found.start()], together.places[found.end() - 1]
            yield category, weight, start, last + 1


@cache
def of_file() -> tuple[Phrase, ...]:
    return tuple(_read((FOLDER / "phrases.txt").read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[Phrase]:
    named: dict[str, str] = {}
    category = ""
    for line in text.splitlines():
        if name := _NAME.fullmatch(line):
            named[name[1]] = name[2]
        elif head := _HEAD.fullmatch(line):
            category = head[1]
        elif phrase := _LINE.fullmatch(line):
            whole = _NAMED.sub(lambda found: named[found[1]], phrase[2])
            yield Phrase(category, float(phrase[1]), re.compile(numbered(whole)))
