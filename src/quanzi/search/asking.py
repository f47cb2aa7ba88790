"""What somebody typed as a `tsquery`: every word must be there, in any order."""

from dataclasses import dataclass

import rjieba

from quanzi.search.cutting import LONGEST_WORD, SHORTEST_BEGINNING, is_han, runs
from quanzi.search.folding import folded
from quanzi.search.vectors import quoted

LONGEST_TYPED = 100
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """`query`: for PostgreSQL, as `$1::text::tsquery`; `words`: what to highlight, folded.

    `begins`: whether of some word only the beginning is asked for.
    """

    query: str
    words: tuple[str, ...]

    @property
    def begins(self) -> bool:
        return ":*" in self.query


def asked(typed: str) -> Asked | None:
    """None when there is nothing in it to search for."""
    words: dict[str, str] = {}
    for _, run in runs(folded(typed[:LONGEST_TYPED])):
        if is_han(run):
            words |= {word: _of_han(word) for word in _words(run)}
        else:
            words[run[:LONGEST_WORD]] = _of_letters(run[:LONGEST_WORD])
    some = dict(list(words.items())[:MOST_WORDS])
    return Asked(" & ".join(some.values()), tuple(some)) if some else None


def _words(run: str) -> list[str]:
    """Single characters are glue (的, 和) where real words stand; alone they are what is meant."""
    real = [word for word in rjieba.cut(run) if len(word) > 1]
    return real if real and len(run) > 2 else [run]  # noqa: PLR2004 - two characters are one thing


def _of_letters(word: str) -> str:
    """Its beginning is enough: "run" finds "running". But "AI" is not "aim", nor 5 a 50."""
    return quoted(word) if len(word) < SHORTEST_BEGINNING else quoted(word) + ":*"


def _of_han(word: str) -> str:
    """As a phrase of its pairs: found wherever it stands, however the text around it was cut."""
    if len(word) == 1:
        return quoted(word) + ":*"
    pairs = [quoted(word[place : place + 2]) for place in range(len(word) - 1)]
    return pairs[0] if len(pairs) == 1 else "(" + " <-> ".join(pairs) + ")"
