"""A page of the feed: newest first, keyed by sequence number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg

from quanzi.activity.tallying import COMMENTS, FOLLOWERS, LIKES, named
from quanzi.db.engine import rows

PAGE = 20


class Entry(NamedTuple):
    """A post's place in a feed, with its figures; its drawing is looked up by id and version."""

    id: int
    version: int
    seq: int
    comments: int = 0
    likes: int = 0


# The figures of posts called `p`, and with them the columns of an Entry.
FIGURES = """
    (select coalesce(sum(t.n), 0)::bigint from tally t where t.circle_id = p.circle_id
     and t.kind = 'comments' and t.subject_id = p.id) as comments,
    (select coalesce(sum(t.n), 0)::bigint from tally t where t.circle_id = p.circle_id
     and t.kind = 'likes' and t.subject_id = p.id) as likes"""
ENTRY = f"p.id, p.version, p.seq, {FIGURES}"


@dataclass(frozen=True, slots=True)
class Page:
    """`newer`, `older`: numbers to page on with; None at an end."""

    entries: tuple[Entry, ...]
    newer: int | None
    older: int | None


async def before(circle_id: int, seq: int, topic: str = "", *, size: int = PAGE) -> Page:
    """Older than this number."""
    found = await _read(circle_id, seq, topic, older=True, size=size)
    entries = tuple(Entry(*line) for line in found[:size])
    newer = entries[0].seq if entries else seq - 1
    return Page(entries, newer, entries[-1].seq if len(found) > size else None)


async def after(circle_id: int, seq: int, topic: str = "") -> Page:
    """Newer than this number: the page that ends just above it."""
    found = await _read(circle_id, seq, topic, older=False)
    entries = tuple(Entry(*line) for line in reversed(found[:PAGE]))
    older = entries[-1].seq if entries else seq + 1
    return Page(entries, entries[0].seq if len(found) > PAGE else None, older)


async def figures_on_page(circle_id: int) -> set[str]:
    """The names of the figures that a page of this circle shows when it is opened."""
    newest = await before(circle_id, 2**62)
    shown = [named(kind, entry.id) for entry in newest.entries for kind in (COMMENTS, LIKES)]
    return {FOLLOWERS, *shown}


async def _read(
    circle_id: int, seq: int, topic: str, *, older: bool, size: int = PAGE
) -> Sequence[asyncpg.Record]:
    """One more than a page. A topic's posts are read by its own index: it may be a rare one."""
    side, order = ("<", "desc") if older else (">", "asc")
    if not topic:
        return await rows(
            f"""select {ENTRY} from post p
                where p.circle_id = $1 and p.state = 'published' and p.seq {side} $2
                order by p.seq {order} limit {size + 1}""",
            circle_id,
            seq,
        )
    return await rows(
        f"""select {ENTRY} from topic n
            join post p on p.circle_id = n.circle_id and p.id = n.post_id
            where n.circle_id = $1 and n.name = $3 and n.seq {side} $2 and p.state = 'published'
            order by n.seq {order} limit {size + 1}""",
        circle_id,
        seq,
        topic,
    )
