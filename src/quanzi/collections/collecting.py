"""Putting a post into a collection, saying something beside it, and taking it out."""

import uuid
from collections.abc import Mapping
from functools import partial

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.circles.access import Place
from quanzi.collections import changing, making, policy, wording
from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.media.incoming import discard
from quanzi.posts import reading as posts
from quanzi.screening import pages

MOST = 100


async def add(place: Place, collection_id: int, post_id: int) -> int:
    """At the end of its last section. The number of the event; 0 when it was in it already, or nobody is
    told. Raises NotAllowed, NotFound, Conflict for a post that is not out; Invalid for a full one.
    """
    circle_id = place.circle.id
    async with transaction():
        collection = await changing.lock(place, collection_id)
        post = await posts.locked(place, post_id)
        if post.state != "published":
            raise Conflict(said("还没有发布的帖子不能放进合集。"))
        if await _has(circle_id, collection_id, post_id):
            return 0
        await _room_for_one(circle_id, collection_id)
        await rows(
            """insert into collection_entry (circle_id, collection_id, post_id, section_id, place,
                                             added_by)
               select $1, $2, $3, s.id, coalesce((select max(e.place) + 1 from collection_entry e
                      where e.circle_id = $1 and e.collection_id = $2), 0), $4
               from collection_section s where s.circle_id = $1 and s.collection_id = $2
               order by s.place desc, s.id desc limit 1""",
            circle_id,
            collection_id,
            post_id,
            place.member_id,
        )
        if collection["state"] == "published":
            await concern(
                post.author_id,
                "collected",
                actor_id=place.member_id,
                circle_id=circle_id,
                post_id=post_id,
                note=str(collection_id),
            )
        return await changing.changed(circle_id, collection_id, place.member_id)


async def add_to_new(place: Place, title: str, post_id: int, key: uuid.UUID) -> int:
    """Into a draft that is made for it: the draft's id. As `making.make` and `add`."""
    if not policy.can_collect(place):
        raise NotAllowed
    title, _ = await wording.head(title, "")
    async with transaction():
        collection_id, _ = await making.begin(place, title, key=key)
        await add(place, collection_id, post_id)
    return collection_id


async def describe(
    place: Place,
    collection_id: int,
    post_id: int,
    typed: Mapping[str, str],
    *,
    map_: str = "",
    bare: bool = False,
) -> int:
    """What is said beside it. `map_`: '' leaves the picture; `bare`: it goes. The number of the event.
    Raises NotAllowed, NotFound, Invalid.
    """
    if not policy.can_collect(place):
        raise NotAllowed
    words = await wording.entry(typed)
    if map_:
        await pages.check_picture(map_, "map")
    async with transaction():
        await changing.lock(place, collection_id)
        before = await entry(place, collection_id, post_id)
        kept = map_ or ("" if bare else before["map"])
        await rows(
            """update collection_entry set title = $4, note = $5, metres = $6, start = $7, link = $8,
                      map = $9 where circle_id = $1 and collection_id = $2 and post_id = $3""",
            place.circle.id,
            collection_id,
            post_id,
            words.title,
            words.note,
            words.metres,
            words.start,
            words.link,
            kept,
        )
        if before["map"] and before["map"] != kept:
            after_commit(partial(discard, before["map"]))
        return await changing.changed(place.circle.id, collection_id, place.member_id)


async def take_out(place: Place, collection_id: int, post_id: int) -> int:
    """The number of the event; 0 when it was not in it. Raises NotAllowed, NotFound."""
    async with transaction():
        await changing.lock(place, collection_id)
        gone = await rows(
            """delete from collection_entry
               where circle_id = $1 and collection_id = $2 and post_id = $3 returning map""",
            place.circle.id,
            collection_id,
            post_id,
        )
        if not gone:
            return 0
        if gone[0]["map"]:
            after_commit(partial(discard, gone[0]["map"]))
        return await changing.changed(place.circle.id, collection_id, place.member_id)


async def entry(place: Place, collection_id: int, post_id: int) -> asyncpg.Record:
    """With the post's words. Raises NotFound, also when the post is away."""
    found = await row(
        """select e.*, p.body from collection_entry e
           join post p on p.circle_id = e.circle_id and p.id = e.post_id
           where e.circle_id = $1 and e.collection_id = $2 and e.post_id = $3
             and p.state = 'published'""",
        place.circle.id,
        collection_id,
        post_id,
    )
    if found is None:
        raise NotFound
    return found


async def _has(circle_id: int, collection_id: int, post_id: int) -> bool:
    return bool(
        await rows(
            """select 1 from collection_entry
               where circle_id = $1 and collection_id = $2 and post_id = $3""",
            circle_id,
            collection_id,
            post_id,
        )
    )


async def _room_for_one(circle_id: int, collection_id: int) -> None:
    """What its author took away never comes back, and takes no room."""
    gone = await rows(
        """delete from collection_entry e using post p
           where e.circle_id = $1 and e.collection_id = $2 and p.circle_id = $1
             and p.id = e.post_id and p.state = 'removed' and not exists (
                 select 1 from withheld w where w.circle_id = $1 and w.post_id = e.post_id
                 and w.comment_id = 0) returning e.map""",
        circle_id,
        collection_id,
    )
    for line in gone:
        if line["map"]:
            after_commit(partial(discard, line["map"]))
    # What may still be put back by its author keeps its place, and takes no room either.
    there = await rows(
        """select 1 from collection_entry e where e.circle_id = $1 and e.collection_id = $2
           and not exists (select 1 from withheld w where w.circle_id = $1
               and w.post_id = e.post_id and w.comment_id = 0 and w.undo_until is not null)""",
        circle_id,
        collection_id,
    )
    if len(there) >= MOST:
        raise Invalid(collection_id=said("一个合集最多 %(most)d 篇，请先移出一篇。", most=MOST))
