"""The same over and over, in one text."""

import re
from collections import Counter
from collections.abc import Iterator

from quanzi.screening.finding import Finding
from quanzi.screening.normalising import Normal

SCORE = 0.6
SHORTEST_LINE, LINES = 6, 4
SHORTEST_TEXT, SHINGLE, DIFFERENT, VARIETY = 80, 8, 0.3, 8
_SAME = re.compile(r"(.)\1{2,}", re.DOTALL)


def repeats(normal: Normal) -> Iterator[Finding]:
    text = normal.text
    lines = Counter(line for line in map(str.strip, text.split("\n")) if len(line) >= SHORTEST_LINE)
    often = [line for line, times in lines.items() if times >= LINES and _says_something(line)]
    if often or _goes_round(text):
        yield Finding("advertising", SCORE, *normal.span(0, len(text)), "repeat")


def _goes_round(text: str) -> bool:
    """Few of its pieces are different, and it is not laughter or one cheer."""
    plain = _SAME.sub(r"\1", "".join(each for each in text if each.isalnum()))
    if len(plain) < SHORTEST_TEXT or len(set(plain)) < VARIETY:
        return False
    pieces = len(plain) - SHINGLE + 1
    return len({plain[at : at + SHINGLE] for at in range(pieces)}) < DIFFERENT * pieces


def _says_something(line: str) -> bool:
    return len({each for each in line if each.isalnum()}) >= SHORTEST_LINE
