"""The home feed: newest posts of all followed circles, merged when it is read.

Nothing is written per follower: a post into a circle of ten million costs what it costs in a circle
of ten. Reading costs one index probe per followed circle, and a page of posts from those that are
newest: the first page cannot come from more circles than it has posts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import asyncpg

from quanzi.circles.readable import readable
from quanzi.db.engine import rows
from quanzi.posts.feed import ENTRY, PAGE, Entry

# Of their circles so many stand beside the feed; all of them on a page of their own.
BESIDE = 12
MOST_FOLLOWED = 2000
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


class Key(NamedTuple):
    """A post's place among all posts."""

    published_at: datetime
    post_id: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A circle they follow; `unread`: something has been posted since they last looked.

    `all_of_them`: how many they follow.
    """

    circle_id: int
    slug: str
    name: str
    name_en: str
    latest_at: datetime | None
    unread: bool
    all_of_them: int


@dataclass(frozen=True, slots=True)
class Item:
    circle_id: int
    slug: str
    name: str
    name_en: str
    entry: Entry
    key: Key


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[Item, ...]
    older: Key | None


# What this member follows and may read. `$1` is the member.
MINE = f"""
    select c.id, c.slug, c.name, c.name_en, f.seen from follow f join circle c on c.id = f.circle_id
    where f.member_id = $1 and {readable("$1", "false")}
"""


async def followed(member_id: int, most: int = MOST_FOLLOWED) -> list[Followed]:
    """The liveliest first. One query, one index probe per circle."""
    found = await rows(
        f"""select m.id, m.slug, m.name, m.name_en, t.published_at,
                   coalesce(t.seq > m.seen, false), count(*) over ()
            from ({MINE}) m left join lateral
                (select p.published_at, p.seq from post p
                 where p.circle_id = m.id and p.state = 'published' and not p.limited
                 order by p.published_at desc, p.id desc limit 1) t on true
            order by t.published_at desc nulls last, m.id limit $2""",
        member_id,
        most,
    )
    return [Followed(*line) for line in found]


async def newest(circles: Sequence[Followed]) -> Page:
    """The first page, of circles that stand in the order of their latest posts."""
    found = await rows(
        _posts_of("select id, slug, name, name_en from circle where id = any($1::bigint[])"),
        [circle.circle_id for circle in circles[: PAGE + 1]],
        END_OF_TIME,
        0,
    )
    return _page(found)


async def before(member_id: int, key: Key) -> Page:
    """What is older than this."""
    return _page(await rows(_posts_of(MINE), member_id, *key))


async def count_since(member_id: int, key: Key, most: int) -> int:
    """How many posts are newer than this, at most so many."""
    found = await rows(
        f"""select count(*)::int as n from (select 1 from ({MINE}) m, lateral
                (select 1 from post p where p.circle_id = m.id and p.state = 'published' and not p.limited
                 and (p.published_at, p.id) > ($2::timestamptz, $3::bigint)
                 order by p.published_at desc, p.id desc limit $4) t limit $4) counted""",
        member_id,
        *key,
        most,
    )
    return int(found[0]["n"])


def _posts_of(circles: str) -> str:
    """First which circles have the newest posts of all, then the posts of those."""
    older = "(p.published_at, p.id) < ($2::timestamptz, $3::bigint)"
    newest = f"""select p.circle_id, p.id, p.version, p.seq, p.published_at from post p
        where p.circle_id = m.id and p.state = 'published' and not p.limited and {older}
        order by p.published_at desc, p.id desc"""
    return f"""
        with lively as (
            select m.id, m.slug, m.name, m.name_en from ({circles}) m,
                lateral ({newest} limit 1) t
            order by t.published_at desc, t.id desc limit {PAGE + 1})
        select p.circle_id, p.slug, p.name, p.name_en, p.published_at, {ENTRY} from
            (select m.slug, m.name, m.name_en, t.* from lively m,
                lateral ({newest} limit {PAGE + 1}) t
             order by t.published_at desc, t.id desc limit {PAGE + 1}) p
        order by p.published_at desc, p.id desc"""


def _page(found: Sequence[asyncpg.Record]) -> Page:
    items = tuple(
        Item(
            line["circle_id"],
            line["slug"],
            line["name"],
            line["name_en"],
            Entry(line["id"], line["version"], line["seq"], line["comments"], line["likes"]),
            Key(line["published_at"], line["id"]),
        )
        for line in found[:PAGE]
    )
    return Page(items, items[-1].key if len(found) > PAGE else None)
