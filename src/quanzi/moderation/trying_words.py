"""What other word lists would find, before they are put in force."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from quanzi.screening import lists
from quanzi.screening.book import Book
from quanzi.screening.comparing import Changes, compared
from quanzi.screening.samples import bundled, held
from quanzi.screening.sheets import as_csv
from quanzi.screening.trying import Tried

MOST_TEXTS, LONGEST_TEXT = 50, 1000


@dataclass(frozen=True, slots=True)
class Trial:
    """`texts`: what somebody wanted to see, whether it is held now, and whether it would be.

    `mark`: of exactly these words, for who wants them in force although they are worse.
    """

    changes: Changes
    tried: Tried
    texts: tuple[tuple[str, bool, bool], ...]
    mark: str


async def trial(book: Book, texts: Sequence[str] = ()) -> Trial:
    now = await lists.current()
    return Trial(
        compared(now.words, book.words),
        await lists.try_out(book, bundled()),
        await asyncio.to_thread(_told, now, book, texts),
        mark(book),
    )


def mark(book: Book) -> str:
    return blake2b(as_csv(book).encode(), digest_size=12).hexdigest()


def pasted(typed: str) -> list[str]:
    """One text per line."""
    lines = [line.strip()[:LONGEST_TEXT] for line in typed.splitlines() if line.strip()]
    return lines[:MOST_TEXTS]


def _told(now: Book, book: Book, texts: Sequence[str]) -> tuple[tuple[str, bool, bool], ...]:
    return tuple((text, held(text, now), held(text, book)) for text in texts)
