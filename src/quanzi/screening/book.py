"""All words of one version, made ready to be looked for."""

from dataclasses import dataclass
from functools import cache, cached_property

from quanzi.screening import words
from quanzi.screening.matching import Matcher
from quanzi.screening.sounding import Sounds
from quanzi.screening.words import Word


@dataclass(frozen=True)
class Book:
    """Version 0 are the words in the files."""

    words: tuple[Word, ...]
    version: int = 0

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(word for word in self.words if "host" not in word.flags)

    @cached_property
    def sounds(self) -> Sounds:
        return Sounds(self.words)

    @cached_property
    def hosts(self) -> dict[str, Word]:
        return {word.text: word for word in self.words if "host" in word.flags}


@cache
def starter() -> Book:
    return Book(words.of_files())
