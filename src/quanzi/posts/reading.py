"""Posts as they are read: one, some, a page of the feed. Removed ones are not found."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotFound
from quanzi.posts import carrying, policy
from quanzi.posts.carrying import CARRIED, Offer
from quanzi.posts.feed import FIGURES

# A post with more characters or lines is folded where it is one of many.
FOLDED_OVER, FOLDED_LINES = 480, 14


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    width: int
    height: int
    colour: str
    alt: str = ""

    def src(self, slug: str, size: str) -> str:
        """Where it is fetched from, in the circle that it stands in."""
        return f"/c/{slug}/i/{self.name}/{size}.webp"


@dataclass(frozen=True, slots=True)
class Card:
    """Where a post's link leads. `picture`: None where the page there shows none."""

    address: str
    title: str
    description: str
    site: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Post:
    """All that its drawing needs, with the circle it stands in."""

    circle_id: int
    id: int
    author_id: int
    state: str
    waits_for: str
    seq: int | None
    version: int
    body: str
    by_staff: bool
    publish_at: datetime | None
    published_at: datetime | None
    edited_at: datetime | None
    digest_at: datetime | None
    handle: str
    author: str
    slug: str
    circle: str
    circle_en: str
    time_zone: str
    partner: str
    partner_en: str
    pictures: tuple[Picture, ...]
    topics: tuple[str, ...]
    mentions: tuple[str, ...]
    card: Card | None
    service: Offer | None
    comments: int
    likes: int

    @property
    def long(self) -> bool:
        """Whether a feed shows only its beginning."""
        return len(self.body) > FOLDED_OVER or self.body.count("\n") > FOLDED_LINES


POST = f"""
    select p.circle_id, p.id, p.author_id, p.state, p.waits_for, p.seq, p.version, p.body, p.by_staff,
           p.publish_at, p.published_at, p.edited_at,
           (select d.at from digested d
            where d.circle_id = p.circle_id and d.post_id = p.id) as digest_at, m.handle, m.name as author,
           c.slug, c.name as circle, c.name_en as circle_en, c.time_zone, r.name as partner, r.name_en as partner_en,
           (select json_agg(json_build_array(i.name, i.width, i.height, i.colour, i.alt) order by i.place)
            from image i where i.circle_id = p.circle_id and i.post_id = p.id) as pictures,
           (select array_agg(t.name order by t.name) from topic t
            where t.circle_id = p.circle_id and t.post_id = p.id) as topics,
           (select array_agg(n.handle) from mention w join member n on n.id = w.member_id
            where w.circle_id = p.circle_id and w.post_id = p.id and w.comment_id = 0) as mentions,
           (select json_build_array(k.address, k.title, k.description, k.site, k.picture, k.width,
                                    k.height, k.colour)
            from post_link k where k.circle_id = p.circle_id and k.post_id = p.id
              and k.state = 'shown') as card,
           {CARRIED} as service,
           {FIGURES}
    from post p join member m on m.id = p.author_id
    join circle c on c.id = p.circle_id join partner r on r.id = c.partner_id
"""


async def one(place: Place, post_id: int) -> Post:
    """Raises NotFound: also for a post that waits, to who may not see it yet."""
    found = await row(
        f"{POST} where p.circle_id = $1 and p.id = $2 and p.state <> 'removed'",
        place.circle.id,
        post_id,
    )
    if found is None:
        raise NotFound
    post = made(found)
    if not policy.can_see(place, post):
        raise NotFound
    return post


async def published(place: Place, post_id: int) -> Post:
    """As `one`; a post that waits for its time is not there yet, for nobody."""
    post = await one(place, post_id)
    if post.state != "published":
        raise NotFound
    return post


async def locked(place: Place, post_id: int) -> Post:
    """As `one`, held against others until the transaction ends."""
    await rows(
        "select 1 from post where circle_id = $1 and id = $2 for update", place.circle.id, post_id
    )
    return await one(place, post_id)


async def some(circle_id: int, post_ids: Iterable[int]) -> dict[int, Post]:
    """Those of these that are out and stand."""
    found = await rows(
        f"{POST} where p.circle_id = $1 and p.id = any($2::bigint[]) and p.state = 'published'",
        circle_id,
        list(post_ids),
    )
    return {line["id"]: made(line) for line in found}


async def these(wanted: Iterable[tuple[int, int]]) -> dict[int, Post]:
    """Those of these (circle, post) pairs that are out and stand, by post."""
    circle_ids, post_ids = zip(*wanted, strict=True)
    found = await rows(
        f"""{POST} join unnest($1::bigint[], $2::bigint[]) as w(circle_id, id)
            on w.circle_id = p.circle_id and w.id = p.id where p.state = 'published'""",
        circle_ids,
        post_ids,
    )
    return {line["id"]: made(line) for line in found}


async def held(place: Place) -> list[Post]:
    """What this member wrote here and others do not see yet, the latest first."""
    if place.member_id is None:
        return []
    found = await rows(
        f"""{POST} where p.circle_id = $1 and p.author_id = $2 and p.state = 'held'
            order by p.id desc limit 10""",
        place.circle.id,
        place.member_id,
    )
    return [made(line) for line in found]


async def waiting(place: Place) -> list[Post]:
    """What has a time, next first; only for who may plan."""
    found = await rows(
        f"""{POST} where p.circle_id = $1 and p.state = 'scheduled'
            and p.publish_at is not null order by p.publish_at limit 50""",
        place.circle.id,
    )
    return [made(line) for line in found]


def made(line: asyncpg.Record) -> Post:
    values = dict(line)
    pictures = json.loads(values.pop("pictures") or "[]")
    topics = tuple(values.pop("topics") or ())
    mentions = tuple(values.pop("mentions") or ())
    card = values.pop("card")
    service = carrying.read(values.pop("service"))
    return Post(
        **values,
        pictures=tuple(Picture(*each) for each in pictures),
        topics=topics,
        mentions=mentions,
        card=_card(*json.loads(card)) if card else None,
        service=service,
    )


def _card(address: str, title: str, description: str, site: str, picture: str, *sizes: Any) -> Card:
    shown = Picture(picture, *sizes) if picture else None
    return Card(address, title, description, site, shown)
