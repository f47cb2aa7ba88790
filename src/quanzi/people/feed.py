"""A member's posts, in circles that the viewer may read; newest first."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi.circles.readable import readable
from quanzi.db.engine import rows
from quanzi.identity.sessions import Viewer
from quanzi.posts.feed import ENTRY, PAGE, Entry

Key = tuple[datetime, int]

# $2: who looks; $3: whether for the platform.
READABLE = readable("$2::bigint", "$3")


@dataclass(frozen=True, slots=True)
class Item:
    """A post with the circle it stands in."""

    circle_id: int
    slug: str
    name: str
    name_en: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Page:
    """`older`: the key to page on with; None at the end."""

    items: tuple[Item, ...]
    older: Key | None


async def posts(member_id: int, viewer: Viewer | None, before: Key | None) -> Page:
    found = await rows(
        f"""select p.circle_id, c.slug, c.name, c.name_en, p.published_at, {ENTRY}
            from post p join circle c on c.id = p.circle_id
            where p.author_id = $1 and p.state = 'published' and not p.limited and {READABLE}
              and ($4::timestamptz is null or (p.published_at, p.id) < ($4, $5))
            order by p.published_at desc, p.id desc limit {PAGE + 1}""",
        member_id,
        viewer.member_id if viewer else None,
        bool(viewer and viewer.platform_role),
        *(before or (None, 0)),
    )
    items = tuple(_item(line) for line in found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(items, (last["published_at"], last["id"]) if last else None)


def _item(line: asyncpg.Record) -> Item:
    entry = Entry(line["id"], line["version"], line["seq"], line["comments"], line["likes"])
    return Item(line["circle_id"], line["slug"], line["name"], line["name_en"], entry)
