"""The words in force, and their versions. Version 0 are those in the files."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, NotFound, said
from quanzi.screening import trying
from quanzi.screening.book import Book, starter
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.samples import Sample, bundled
from quanzi.screening.sheets import checked
from quanzi.screening.trying import Tried
from quanzi.screening.words import Word

NOTE_LONGEST = 200
# So long another process's edit may go unnoticed.
LOOK_AGAIN_SECONDS = 5.0

_kept: Book | None = None
_looked = 0.0


async def current() -> Book:
    """Most often without asking anybody."""
    global _kept, _looked  # noqa: PLW0603 - one book for the process
    if _kept is not None and time.monotonic() - _looked < LOOK_AGAIN_SECONDS:
        return _kept
    newest = await row("select coalesce(max(version), 0) as version from screening_list")
    version = newest["version"] if newest else 0
    if _kept is None or _kept.version != version:
        _kept = await of_version(version)
    _looked = time.monotonic()
    return _kept


def forget() -> None:
    """The next who asks looks."""
    global _kept  # noqa: PLW0603 - as above
    _kept = None


async def of_version(version: int) -> Book:
    if version == 0:
        return starter()
    found = await row("select version, words from screening_list where version = $1", version)
    if found is None:
        raise NotFound
    return Book(tuple(_read(found["words"])), found["version"])


async def versions() -> Sequence[asyncpg.Record]:
    """The latest first: version, note, made_at, made_by (a name)."""
    return await rows(
        """select l.version, l.note, l.made_at, m.name as made_by
           from screening_list l left join member m on m.id = l.made_by
           order by l.version desc limit 400"""
    )


async def try_out(book: Book, samples: Sequence[Sample], texts: Sequence[str] = ()) -> Tried:
    """Against the book in force."""
    return await asyncio.to_thread(trying.tried, await current(), book, samples, texts)


async def check(book: Book, *, after: int, note: str, anyway: bool = False) -> None:
    """Raises Invalid for what could not be put in force after that version.

    `anyway`: also when it finds less than the one before, or holds what is harmless.
    """
    checked(book.words)
    if not 1 <= len(note.strip()) <= NOTE_LONGEST:
        raise Invalid(note=said("请写一句为什么改，最多 %(most)d 个字。", most=NOTE_LONGEST))
    if not anyway:
        before = await of_version(after)
        await asyncio.to_thread(trying.refuse_worse, before, book, bundled())


async def put_in_force(book: Book, *, after: int, note: str, by: int, anyway: bool = False) -> int:
    """The new version. Raises Invalid; Conflict when `after` is no longer the one in force."""
    await check(book, after=after, note=note, anyway=anyway)
    async with transaction():
        saved = await rows(
            """insert into screening_list (version, words, note, made_by)
               select $1::int + 1, $2, $3, $4
               where $1::int = (select coalesce(max(version), 0) from screening_list)
               on conflict do nothing returning version""",
            after,
            json.dumps(_written(book), ensure_ascii=False),
            note.strip(),
            by,
        )
        if not saved:
            raise Conflict(said("词表刚被别人改过，请看看最新的再改。"))
        after_commit(_forget)
    return int(saved[0]["version"])


async def _forget() -> None:
    forget()


def _written(book: Book) -> list[list[object]]:
    return [[w.category, w.text, w.weight, sorted(w.flags)] for w in book.words]


def _read(kept: str) -> Iterator[Word]:
    for category, text, weight, flags in json.loads(kept):
        if category in CATEGORIES:
            yield Word(category, text, weight, frozenset(flags))
