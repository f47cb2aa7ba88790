"""A whole circle as one ZIP, made while it is fetched: what everybody may read in it, and its pictures.

`posts-….json` are as the import of posts takes them, here and on another site of this kind, with this
very ZIP for their pictures. No transaction is held while somebody's line is slow: what is written
meanwhile is in it or not.
"""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec

from quanzi.activity import tallying
from quanzi.audit import writing as audit
from quanzi.circles import policy
from quanzi.circles.access import Place
from quanzi.collections import reading as collected
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed, NotFound
from quanzi.platform import telling
from quanzi.posts import comments, reading
from quanzi.posts.pictures import store
from quanzi.posts.reading import Post

PIECE = 500
README = """A circle, exported.

circle.json          what it says of itself
posts-NNNN.json      its posts, the oldest first; each with its number in the circle's log (seq), its
                     author as others see them, its words, topics, times, and the names of its
                     pictures in images/. To be brought in again at /c/{circle}/manage/import, with
                     this ZIP for the pictures while it is no larger than 40 MB.
comments-NNNN.json   what was said under them; root_id names the comment that a reply stands under
collections.json     its collections, with their sections and the posts in them
images/              pictures, as large as the site keeps them

Times are ISO 8601 in UTC. What was removed, is planned, or waits to be looked at is not in it.
"""


class Sink(io.RawIOBase):
    """What the ZIP has written and nobody has taken yet."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self._held += some
        return len(some)

    def taken(self) -> bytes:
        some, self._held = bytes(self._held), bytearray()
        return some


async def take(place: Place, origin: str) -> AsyncIterator[bytes]:
    """Its bytes, some at a time; that it was taken is written down first. Raises NotAllowed."""
    if not policy.can_change(place):
        raise NotAllowed
    async with transaction():
        await audit.write(
            "circle.exported",
            actor_id=place.member_id,
            circle_id=place.circle.id,
            about=f"circle:{place.circle.id}",
            detail={},
        )
    return _pieces(place, origin)


async def _pieces(place: Place, origin: str) -> AsyncIterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as book:
        followers = await tallying.followers(place.circle.id)
        book.writestr("README.txt", README)
        book.writestr("circle.json", _json(telling.circle(origin, place.circle, followers)))
        async for name, told, pictures in _posts(place, origin):
            book.writestr(name, _json({"posts": told}))
            yield sink.taken()
            for picture in pictures:
                await _hang(book, picture)
                yield sink.taken()
        async for name, said in _comments(place.circle.id):
            book.writestr(name, _json({"comments": said}))
            yield sink.taken()
        book.writestr("collections.json", _json(await _collections(place, origin)))
    yield sink.taken()


async def _posts(
    place: Place, origin: str
) -> AsyncIterator[tuple[str, list[dict[str, Any]], list[str]]]:
    after, number = 0, 0
    while True:
        found = await rows(
            """select id, seq from post where circle_id = $1 and state = 'published' and seq > $2
               order by seq limit $3""",
            place.circle.id,
            after,
            PIECE,
        )
        if not found:
            return
        after, number = found[-1]["seq"], number + 1
        posts = await reading.some(place.circle.id, [line["id"] for line in found])
        standing = sorted(posts.values(), key=lambda post: post.seq or 0)
        pictures = [each.name for post in standing for each in post.pictures]
        yield f"posts-{number:04}.json", [_post(origin, post) for post in standing], pictures


def _post(origin: str, post: Post) -> dict[str, Any]:
    """As programs are told of it; its pictures by their names here."""
    told: dict[str, Any] = msgspec.to_builtins(telling.post(origin, post))
    del told["images"]
    return told | {
        "pictures": [f"images/{each.name}.webp" for each in post.pictures],
        "alts": [each.alt for each in post.pictures],
    }


async def _hang(book: zipfile.ZipFile, picture: str) -> None:
    """One that has been taken away meanwhile is left out."""
    try:
        content = await asyncio.to_thread(store().path(picture, "l").read_bytes)
    except FileNotFoundError:
        return
    # It is packed already.
    book.writestr(f"images/{picture}.webp", content, zipfile.ZIP_STORED)


async def _comments(circle_id: int) -> AsyncIterator[tuple[str, list[Any]]]:
    after, number = 0, 0
    while True:
        found = await rows(
            """select k.id from comment k join post p on p.circle_id = k.circle_id and p.id = k.post_id
               where k.circle_id = $1 and k.id > $2 and p.state = 'published'
               order by k.id limit $3""",
            circle_id,
            after,
            PIECE,
        )
        if not found:
            return
        after, number = found[-1]["id"], number + 1
        standing = await comments.standing(circle_id, [line["id"] for line in found])
        said = [telling.comment(standing[each]) for each in sorted(standing)]
        yield f"comments-{number:04}.json", said


async def _collections(place: Place, origin: str) -> Sequence[Any]:
    found, before = [], None
    while page := await collected.published(place.circle.id, before):
        shown = page[: collected.PAGE]
        for line in shown:
            try:
                found.append(telling.collection(origin, await collected.one(place, line["id"])))
            except NotFound:
                continue
        if len(page) <= collected.PAGE:
            break
        before = collected.published_key(shown[-1])
    return found


def _json(told: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told), indent=1)
