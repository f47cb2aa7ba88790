"""A page of the feed: newest first, keyed by sequence number."""

from dataclasses import dataclass
from typing import NamedTuple

from quanzi.db.engine import rows

PAGE = 20


class Entry(NamedTuple):
    """A post's place in a feed; its drawing is looked up by id and version."""

    id: int
    version: int
    seq: int


@dataclass(frozen=True, slots=True)
class Page:
    """`newer`, `older`: numbers to page on with; None at an end."""

    entries: tuple[Entry, ...]
    newer: int | None
    older: int | None


async def before(circle_id: int, seq: int, topic: str = "") -> Page:
    """Older than this number."""
    found = await rows(
        f"""select p.id, p.version, p.seq from post p
            where p.circle_id = $1 and p.state = 'published' and p.seq < $2
              and ($3 = '' or exists (select 1 from topic t where t.circle_id = p.circle_id
                                      and t.name = $3 and t.post_id = p.id))
            order by p.seq desc limit {PAGE + 1}""",
        circle_id,
        seq,
        topic,
    )
    entries = tuple(Entry(*line) for line in found[:PAGE])
    newer = entries[0].seq if entries else seq - 1
    return Page(entries, newer, entries[-1].seq if len(found) > PAGE else None)


async def after(circle_id: int, seq: int, topic: str = "") -> Page:
    """Newer than this number: the page that ends just above it."""
    found = await rows(
        f"""select p.id, p.version, p.seq from post p
            where p.circle_id = $1 and p.state = 'published' and p.seq > $2
              and ($3 = '' or exists (select 1 from topic t where t.circle_id = p.circle_id
                                      and t.name = $3 and t.post_id = p.id))
            order by p.seq limit {PAGE + 1}""",
        circle_id,
        seq,
        topic,
    )
    entries = tuple(Entry(*line) for line in reversed(found[:PAGE]))
    older = entries[-1].seq if entries else seq + 1
    return Page(entries, entries[0].seq if len(found) > PAGE else None, older)
