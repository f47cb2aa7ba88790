"""What an edited book has more, less, and otherwise than the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quanzi.screening.words import Word

# What a word is besides its weight: the same characters may be looked for and harmless elsewhere.
APART = frozenset({"allow", "host"})
Key = tuple[str, str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Changes:
    """`changed`: pairs of before and after."""

    added: tuple[Word, ...]
    changed: tuple[tuple[Word, Word], ...]
    removed: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compared(before: Iterable[Word], after: Iterable[Word]) -> Changes:
    was, now = by_key(before), by_key(after)
    return Changes(
        tuple(word for key, word in now.items() if key not in was),
        tuple((was[key], word) for key, word in now.items() if key in was and was[key] != word),
        tuple(word for key, word in was.items() if key not in now),
    )


def by_key(words: Iterable[Word]) -> Mapping[Key, Word]:
    """Each once: the last that was said of it."""
    return {(word.category, word.text, word.flags & APART): word for word in words}
