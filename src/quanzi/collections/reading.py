"""Collections as they are read: one with all that stands in it, a page of the list, an editor's list."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.circles.access import Place
from quanzi.collections import policy
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.posts.feed import FIGURES, Entry
from quanzi.web.cursors import Key

PAGE = 12
# As many as a circle may have; its editors see them all at once.
MOST = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A post in a collection. `metres`: of a route; 0 when nothing is said. `map`: a picture's name."""

    post_id: int
    section_id: int
    title: str
    note: str
    metres: int
    start: str
    link: str
    map: str
    body: str
    version: int
    comments: int
    likes: int

    @property
    def is_route(self) -> bool:
        return bool(self.metres or self.start or self.link or self.map)

    @property
    def km(self) -> str:
        return f"{self.metres / 1000:g}"

    @property
    def entry(self) -> Entry:
        return Entry(self.post_id, self.version, 0, self.comments, self.likes)


@dataclass(frozen=True, slots=True)
class Known:
    """As much of one as rights are about."""

    state: str


@dataclass(frozen=True, slots=True)
class Section:
    id: int
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """With the posts that stand at this moment; what was removed is not among them."""

    circle_id: int
    slug: str
    id: int
    state: str
    title: str
    intro: str
    cover: str
    version: int
    sections: tuple[Section, ...]

    @property
    def items(self) -> list[Item]:
        return [item for section in self.sections for item in section.items]


# One statement has one snapshot: what is read belongs together.
WHOLE = f"""
    select k.circle_id, c.slug, k.id, k.state, k.title, k.intro, k.cover, k.version,
        (select json_agg(json_build_array(s.id, s.title) order by s.place, s.id)
         from collection_section s
         where s.circle_id = k.circle_id and s.collection_id = k.id) as sections,
        (select json_agg(json_build_array(e.post_id, e.section_id, e.title, e.note,
                    coalesce(e.metres, 0), e.start, e.link, e.map, left(p.body, 200), p.version,
                    f.comments, f.likes) order by e.place, e.post_id)
         from collection_entry e
         join post p on p.circle_id = e.circle_id and p.id = e.post_id and p.state = 'published'
         cross join lateral (select {FIGURES}) f
         where e.circle_id = k.circle_id and e.collection_id = k.id) as items
    from collection k join circle c on c.id = k.circle_id
    where k.circle_id = $1 and k.id = $2
"""

# What a list shows of each: how much stands in it, and of routes the shortest and the longest.
LISTED = """
    select k.*, n.entries, n.shortest, n.longest
    from collection k
    cross join lateral (
        select count(*) as entries, min(e.metres) as shortest, max(e.metres) as longest
        from collection_entry e
        join post p on p.circle_id = e.circle_id and p.id = e.post_id and p.state = 'published'
        where e.circle_id = k.circle_id and e.collection_id = k.id) n
"""


async def whole(circle_id: int, collection_id: int) -> Collection | None:
    found = await row(WHOLE, circle_id, collection_id)
    if found is None:
        return None
    values = dict(found)
    items = [Item(*each) for each in json.loads(values.pop("items") or "[]")]
    sections = tuple(
        Section(number, title, tuple(item for item in items if item.section_id == number))
        for number, title in json.loads(values.pop("sections") or "[]")
    )
    return Collection(**values, sections=sections)


async def one(place: Place, collection_id: int) -> Collection:
    """Raises NotFound: also for a draft, to who does not work for the partner."""
    found = await whole(place.circle.id, collection_id)
    if found is None or not policy.can_see(place, found):
        raise NotFound
    return found


async def seen(place: Place, collection_id: int) -> None:
    """Raises NotFound, as `one`."""
    found = await row(
        "select state from collection where circle_id = $1 and id = $2",
        place.circle.id,
        collection_id,
    )
    if found is None or not policy.can_see(place, Known(found["state"])):
        raise NotFound


async def published(circle_id: int, before: Key | None) -> Sequence[asyncpg.Record]:
    """The latest first; one more than a page when there are more. `before`: published, and id."""
    return await rows(
        f"""{LISTED} where k.circle_id = $1 and k.state = 'published'
              and ($2::timestamptz is null or (k.published_at, k.id) < ($2, $3))
            order by k.published_at desc, k.id desc limit {PAGE + 1}""",
        circle_id,
        *(before or (None, 0)),
    )


async def all_of(circle_id: int) -> Sequence[asyncpg.Record]:
    """For editors: drafts too, the newest first."""
    return await rows(f"{LISTED} where k.circle_id = $1 order by k.id desc limit {MOST}", circle_id)


@dataclass(frozen=True, slots=True)
class Choice:
    """A collection that a post may be put into. `has`: it is in it already."""

    id: int
    title: str
    state: str
    has: bool


async def choices(circle_id: int, post_id: int, *, drafts: bool) -> list[Choice]:
    found = await rows(
        f"""select k.id, k.title, k.state, exists (
                select 1 from collection_entry e where e.circle_id = k.circle_id
                and e.collection_id = k.id and e.post_id = $2) as has
            from collection k where k.circle_id = $1 and ($3 or k.state = 'published')
            order by k.id desc limit {MOST}""",
        circle_id,
        post_id,
        drafts,
    )
    return [Choice(*line) for line in found]


def published_key(line: asyncpg.Record) -> tuple[datetime, int]:
    return line["published_at"], line["id"]
