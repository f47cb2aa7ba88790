"""Cutting a text into what is searched for: words, and every pair of neighbouring characters.

The segmenter finds words (跑步, 理财), but not all (猫粮 is two to it) and not always those that a
reader has in mind. Pairs find any two characters wherever they stand; words weigh more, so that
"产品和服务" stands below a real 和服.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import rjieba

from quanzi.search.folding import folded

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"[{HAN}]+|[^\W{HAN}_]+")
_HAN = re.compile(rf"[{HAN}]")

WORD, BESIDE, PAIR = "A", "B", "D"
# PostgreSQL counts positions up to here; what stands later counts as standing there.
LAST_POSITION = 16_383
LONGEST_WORD = 60
# Of words in letters the beginning is enough, if it is so long.
SHORTEST_BEGINNING = 3


class Term(NamedTuple):
    text: str
    position: int
    weight: str


def runs(text: str) -> list[tuple[int, str]]:
    """Runs of Han characters or of other letters and digits of a folded text, with their places."""
    return [(found.start(), found[0]) for found in RUNS.finditer(text)]


def is_han(run: str) -> bool:
    return _HAN.match(run) is not None


def terms(text: str) -> Iterator[Term]:
    """What a text is found by."""
    for start, run in runs(folded(text)):
        position = min(start + 1, LAST_POSITION)
        if is_han(run):
            yield from _of_han(run, start)
        else:
            yield Term(run[:LONGEST_WORD], position, WORD)


def _of_han(run: str, start: int) -> Iterator[Term]:
    at = start
    for word in rjieba.cut(run):
        if len(word) > 1:
            yield Term(word[:LONGEST_WORD], min(at + 1, LAST_POSITION), WORD)
        at += len(word)
    for offset in range(len(run)):
        # The last character has no pair; alone it is found by who looks for it alone.
        pair = run[offset : offset + 2]
        yield Term(pair, min(start + offset + 1, LAST_POSITION), PAIR)
