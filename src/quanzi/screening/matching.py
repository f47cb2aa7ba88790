"""Finding many words in one pass, also where something was put between their characters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from quanzi.screening.lookalikes import LEET, LEET_L
from quanzi.screening.normalising import normalised, numbered
from quanzi.screening.squeezing import Squeezed, squeezed
from quanzi.screening.words import Word

# Of a word's weight: who takes it apart hides it, but chance does so, too.
APART, SWORN = 0.9, 0.8
_LATIN = re.compile(r"[a-z0-9]+")
_MIXED = re.compile(r"[a-z][013457]|[013457][a-z]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word between two places of the squeezed text."""

    word: Word
    start: int
    stop: int
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class _Sought:
    word: Word
    latin: bool
    gaps: frozenset[int]


class Harmless:
    """What words that are allowed cover, by category, in the normal text."""

    def __init__(self, text: Squeezed, hits: Iterable[Hit]) -> None:
        self._covered: dict[str, set[int]] = {}
        for hit in hits:
            covered = self._covered.setdefault(hit.word.category, set())
            covered.update(text.places[hit.start : hit.stop])

    def touches(self, category: str, start: int, stop: int) -> bool:
        covered = self._covered.get(category)
        return covered is not None and not covered.isdisjoint(range(start, stop))


class Found(NamedTuple):
    hits: list[Hit]
    harmless: Harmless


class Matcher:
    def __init__(self, words: Iterable[Word]) -> None:
        made: dict[tuple[str, str, bool], tuple[str, _Sought]] = {}
        # Who wrote a word twice meant the stronger.
        for word in sorted(words, key=lambda one: one.weight):
            normal = normalised(word.text)
            plain = squeezed(normal, numbered(normal.text))
            if plain.text:
                sought = _Sought(
                    word, _LATIN.fullmatch(plain.text) is not None, frozenset(plain.gaps)
                )
                made[plain.text, word.category, "allow" in word.flags] = plain.text, sought
        self._sought = [sought for _, sought in made.values()]
        self._found = AhoCorasick([text for text, _ in made.values()])

    def hits(self, text: Squeezed) -> Found:
        every = list(self._hits(text))
        if _MIXED.search(text.text):
            every += self._sworn(text)
        harmless = Harmless(text, [hit for hit in every if "allow" in hit.word.flags])
        some = [
            hit
            for hit in every
            if "allow" not in hit.word.flags
            and not harmless.touches(
                hit.word.category, text.places[hit.start], text.places[hit.stop - 1] + 1
            )
        ]
        return Found(_without_inner(some), harmless)

    def _hits(self, text: Squeezed) -> Iterator[Hit]:
        for number, start, stop in self._found.find_matches_as_indexes(text.text, overlapping=True):
            sought = self._sought[number]
            gaps = text.within(start, stop) if text.gaps else []
            if sought.latin and not _latin_stands(text, sought, start, stop, gaps):
                continue
            apart = bool(gaps) and not sought.latin
            if apart and (
                "allow" in sought.word.flags or not _meant_as_one(text, start, stop, gaps)
            ):
                continue
            factor = APART if gaps and frozenset(g - start for g in gaps) != sought.gaps else 1.0
            yield Hit(sought.word, start, stop, sought.word.weight * factor, "word")

    def _sworn(self, text: Squeezed) -> Iterator[Hit]:
        """Words of letters with some of them written as digits."""
        for table in (LEET, LEET_L):
            read = text.text.translate(table)
            changed = Squeezed(read, text.places, text.gaps)
            for number, start, stop in self._found.find_matches_as_indexes(read, overlapping=True):
                sought, was = self._sought[number], text.text[start:stop]
                written = sought.latin and was != read[start:stop] and not was.isdigit()
                if written and _latin_stands(
                    changed, sought, start, stop, text.within(start, stop)
                ):
                    yield Hit(sought.word, start, stop, sought.word.weight * SWORN, "sworn")


def _without_inner(hits: Iterable[Hit]) -> list[Hit]:
    """A word inside a longer one of its category that says as much is no second sign."""
    kept: list[Hit] = []
    longest: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.stop)):
        outer = longest.get(hit.word.category)
        if outer and hit.stop <= outer.stop and hit.score <= outer.score:
            continue
        if outer is None or hit.stop > outer.stop:
            longest[hit.word.category] = hit
        kept.append(hit)
    return kept


def _latin_stands(text: Squeezed, sought: _Sought, start: int, stop: int, gaps: list[int]) -> bool:
    own = {gap + start for gap in sought.gaps}
    if not own.issuperset(gaps) and len(gaps) < (stop - start - 1) / 2:
        return False
    return "whole" not in sought.word.flags or (
        _ends(text, start, start - 1) and _ends(text, stop, stop)
    )


def _ends(text: Squeezed, edge: int, beside: int) -> bool:
    if edge in text.gaps or not 0 <= beside < len(text.text):
        return True
    return not (text.text[beside].isascii() and text.text[beside].isalnum())


def _meant_as_one(text: Squeezed, start: int, stop: int, gaps: list[int]) -> bool:
    """Where sentences end between them, it takes every character by itself to mean a word."""
    ended = any(text.gaps[gap] for gap in gaps)
    return not ended or (stop - start > 2 and len(gaps) == stop - start - 1)  # noqa: PLR2004 - two may be chance
