"""Words that are written by their sound: in letters (dubo, du bo), or in characters that sound alike.

Many harmless words sound alike. So of words that are marked for it one character at least must be
the right one or be spelt out, and what a dictionary reads as other words is left alone.
"""

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from quanzi.screening.cutting import Cut
from quanzi.screening.finding import ENOUGH
from quanzi.screening.normalising import Normal, normalised
from quanzi.screening.words import Word

# Characters are heard one by one. Readings of whole words would be 44 MB in every process.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
from pypinyin import lazy_pinyin

SPELT, ALIKE = 0.8, 0.75
SHORTEST_SPELT = 4
# Letters of several words run together; most of what is longer is no Chinese.
LONG, LONGEST, LONGEST_SYLLABLE = 4, 40, 6
LONG_WORD = 3
_PART = re.compile(r"[a-z]+|[\u4e00-\u9fff]|[0-9]+|[，。！？；：\n,;!?]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Heard:
    """A word between two places of the normal text."""

    word: Word
    start: int
    stop: int
    score: float
    rule: str


class Sounds:
    """Words that are marked for it, however they are spelt; others that tell enough if nearly right."""

    def __init__(self, words: Iterable[Word]) -> None:
        every = list(words)
        # Those that are marked last: of two that sound the same they are heard in more ways.
        sought = sorted(filter(_tells, every), key=lambda word: "sound" in word.flags)
        made = {pattern: word for word in sought for pattern in _patterns(word.text)}
        self._words = list(made.values())
        self._plain = [normalised(word.text).text for word in self._words]
        self._found = AhoCorasick(list(made)) if made else None

    def heard(self, normal: Normal, cut: Cut) -> Iterator[Heard]:
        if self._found is None:
            return
        spoken = _Spoken(normal.text)
        for number, start, stop in self._found.find_matches_as_indexes(
            spoken.text, overlapping=True
        ):
            word, plain = self._words[number], self._plain[number]
            first = bisect_right(spoken.offsets, start + 1) - 1
            last = bisect_right(spoken.offsets, stop - 2) - 1
            parts = [spoken.parts[place] for place in range(first, last + 1)]
            begin, end = parts[0].start(), parts[-1].end()
            how = _how([part[0] for part in parts], plain, marked="sound" in word.flags)
            otherwise = how == ALIKE and (cut.runs_across(begin, end) or cut.is_a_word(begin, end))
            if how and not otherwise:
                rule = "spelt" if how == SPELT else "sound"
                yield Heard(word, begin, end, word.weight * how, rule)


def _tells(word: Word) -> bool:
    return "sound" in word.flags or (
        word.weight >= ENOUGH and not word.flags and _HAN.search(word.text) is not None
    )


class _Spoken:
    """`|du|bo|wang|zhan|`: what a text sounds like, in parts that begin at `offsets`."""

    def __init__(self, text: str) -> None:
        self.parts = list(_PART.finditer(text))
        said = [_sound(part[0]) for part in self.parts]
        self.text = "|" + "|".join(said) + "|"
        self.offsets = list(accumulate((len(each) + 1 for each in said), initial=1))


def _how(parts: list[str], plain: str, *, marked: bool) -> float:
    """How much of a word's weight it keeps; nothing when too little of the word is there."""
    written = "".join(parts)
    if written == plain:
        return 0.0
    spelt = sum(not _HAN.match(part) for part in parts)
    if spelt == len(parts):
        long_enough = len(written) >= SHORTEST_SPELT if marked else len(plain) >= LONG_WORD
        return SPELT if long_enough else 0.0
    right = sum(part == meant for part, meant in zip(parts, plain, strict=False))
    if marked:
        return ALIKE if right + spelt else 0.0
    # Of other words all but one character is right, and of short ones the other is spelt out.
    near = right + spelt >= len(plain) - 1 and right and (spelt or len(plain) >= LONG_WORD)
    return ALIKE if near else 0.0


def _patterns(text: str) -> Iterator[str]:
    characters = "".join(_HAN.findall(normalised(text).text))
    if not characters:
        return
    syllables = [_of_character(each) for each in characters]
    yield f"|{'|'.join(syllables)}|"
    yield f"|{''.join(syllables)}|"
    half = len(syllables) // 2
    if half > 1:
        yield f"|{''.join(syllables[:half])}|{''.join(syllables[half:])}|"


def _sound(part: str) -> str:
    if _HAN.match(part):
        return _of_character(part)
    if not part.isalnum():
        return "."
    return _syllables(part) if LONG <= len(part) <= LONGEST else part


@cache
def _of_character(character: str) -> str:
    return lazy_pinyin(character)[0]


@lru_cache(maxsize=4096)
def _syllables(letters: str) -> str:
    """`wang|luo|du|bo`, where a run of letters can be read so."""
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for stop in range(1, len(letters) + 1):
        for start in range(max(0, stop - LONGEST_SYLLABLE), stop):
            if start in reached and letters[start:stop] in _all_syllables():
                reached[stop] = (*reached[start], letters[start:stop])
                break
    return "|".join(reached.get(len(letters), (letters,)))


@cache
def _all_syllables() -> frozenset[str]:
    return frozenset(_of_character(chr(code)) for code in range(0x4E00, 0x9FA6))
