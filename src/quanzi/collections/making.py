"""Making a collection, changing what it says of itself, bringing it out and taking it back, deleting it."""

import uuid
from functools import partial

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.collections import changing, policy, searching, wording
from quanzi.collections.reading import MOST
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.media.incoming import discard
from quanzi.screening import pages


async def make(
    place: Place, *, title: str, intro: str = "", cover: str = "", key: uuid.UUID
) -> tuple[int, bool]:
    """A draft with one section: its id, and whether the key had been used. Raises NotAllowed, Invalid."""
    if not policy.can_collect(place):
        raise NotAllowed
    title, intro = await wording.head(title, intro)
    if cover:
        await pages.check_picture(cover, "cover")
    return await begin(place, title, intro, cover, key=key)


async def begin(
    place: Place, title: str, intro: str = "", cover: str = "", *, key: uuid.UUID
) -> tuple[int, bool]:
    """With words that have been looked at. As `make`."""
    if not policy.can_collect(place) or place.member_id is None:
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        before = await once.first_time(place.member_id, key, circle_id, "collection", title)
        if before is not None:
            return int(before), True
        await _room_for_one(circle_id)
        [made] = await rows(
            """insert into collection (circle_id, title, intro, cover, made_by)
               values ($1, $2, $3, $4, $5) returning id""",
            circle_id,
            title,
            intro,
            cover,
            place.member_id,
        )
        await rows(
            "insert into collection_section (circle_id, collection_id, place) values ($1, $2, 0)",
            circle_id,
            made["id"],
        )
        await once.answered(place.member_id, key, str(made["id"]))
    return int(made["id"]), False


async def change(
    place: Place, collection_id: int, *, title: str, intro: str, cover: str = "", bare: bool = False
) -> int:
    """The number of the event. `cover`: '' leaves it; `bare`: it goes. Raises NotAllowed, NotFound,
    Invalid.
    """
    if not policy.can_collect(place):
        raise NotAllowed
    title, intro = await wording.head(title, intro)
    if cover:
        await pages.check_picture(cover, "cover")
    async with transaction():
        before = await changing.lock(place, collection_id)
        kept = cover or ("" if bare else before["cover"])
        await rows(
            """update collection set title = $3, intro = $4, cover = $5
               where circle_id = $1 and id = $2""",
            place.circle.id,
            collection_id,
            title,
            intro,
            kept,
        )
        if before["cover"] and before["cover"] != kept:
            after_commit(partial(discard, before["cover"]))
        return await changing.changed(place.circle.id, collection_id, place.member_id)


async def publish(place: Place, collection_id: int) -> int:
    """The number of the event; 0 when it was out. Raises NotAllowed, NotFound, Conflict for an empty one."""
    async with transaction():
        before = await changing.lock(place, collection_id)
        if before["state"] == "published":
            return 0
        if not await _has_something(place.circle.id, collection_id):
            raise Conflict(said("合集里还没有帖子，先放进一篇再发布。"))
        await rows(
            """update collection set state = 'published',
                      published_at = coalesce(published_at, now())
               where circle_id = $1 and id = $2""",
            place.circle.id,
            collection_id,
        )
        return await changing.changed(place.circle.id, collection_id, place.member_id)


async def withdraw(place: Place, collection_id: int) -> int:
    """It is a draft again. The number of the event; 0 when it was one. Raises NotAllowed, NotFound."""
    async with transaction():
        before = await changing.lock(place, collection_id)
        if before["state"] == "draft":
            return 0
        [line] = await rows(
            """update collection set state = 'draft', version = version + 1
               where circle_id = $1 and id = $2 returning version""",
            place.circle.id,
            collection_id,
        )
        await searching.write(place.circle.id, collection_id)
        return await changing.tell(place.circle.id, collection_id, line["version"], place.member_id)


async def delete(place: Place, collection_id: int) -> int:
    """The posts stay. The number of the event, 0 for a draft. Raises NotAllowed, NotFound."""
    circle_id = place.circle.id
    async with transaction():
        before = await changing.lock(place, collection_id)
        entries = await rows(
            """delete from collection_entry where circle_id = $1 and collection_id = $2
               returning map""",
            circle_id,
            collection_id,
        )
        for picture in [before["cover"], *(line["map"] for line in entries)]:
            if picture:
                after_commit(partial(discard, picture))
        await rows(
            """update collection_suggestion set state = 'declined', decided_by = $3
               where circle_id = $1 and collection_id = $2 and state = 'open'""",
            circle_id,
            collection_id,
            place.member_id,
        )
        await rows(
            "delete from collection where circle_id = $1 and id = $2", circle_id, collection_id
        )
        if before["state"] != "published":
            return 0
        return await changing.tell(circle_id, collection_id, before["version"] + 1, place.member_id)


async def _room_for_one(circle_id: int) -> None:
    """One after the other: two at once would both be the last."""
    await rows("select 1 from circle where id = $1 for no key update", circle_id)
    there = await rows("select 1 from collection where circle_id = $1 limit $2", circle_id, MOST)
    if len(there) == MOST:
        raise Invalid(title=said("一个圈子最多 %(most)d 个合集。", most=MOST))


async def _has_something(circle_id: int, collection_id: int) -> bool:
    return bool(
        await rows(
            """select 1 from collection_entry e
               join post p on p.circle_id = e.circle_id and p.id = e.post_id
               where e.circle_id = $1 and e.collection_id = $2 and p.state = 'published' limit 1""",
            circle_id,
            collection_id,
        )
    )
