"""A circle's documents: who is followed, who writes, what was written."""

from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, QueryParameter

from quanzi.errors import NotFound
from quanzi.federation import documents, openings, outbox
from quanzi.federation.routes.answers import OPEN, document

GROUP = "/ap/c/{circle:str}"
# No key is as large.
END = 2**62
Before = Annotated[int, QueryParameter(name="before", ge=0, le=END)]


@get(GROUP, opt=OPEN)
async def show_group(circle: FromPath[str]) -> Response[bytes]:
    return document(documents.group(await openings.opening(circle)))


@get(f"{GROUP}/author", opt=OPEN)
async def show_author(circle: FromPath[str]) -> Response[bytes]:
    return document(documents.author(await openings.opening(circle)))


@get(f"{GROUP}/author/outbox", opt=OPEN)
async def show_author_outbox(circle: FromPath[str]) -> Response[bytes]:
    """Empty: what it writes stands in the group's."""
    author = (await openings.opening(circle)).actors.author
    return document(documents.collection(f"{author}/outbox", 0, items=[]))


@get(f"{GROUP}/p/{{post_id:int}}", opt=OPEN)
async def show_post(circle: FromPath[str], post_id: FromPath[int]) -> Response[bytes]:
    opening = await openings.opening(circle)
    post = await outbox.one(opening, post_id)
    if post is not None:
        return document(documents.note(opening.actors, post))
    if await outbox.was_there(opening, post_id):
        return document(documents.tombstone(opening.actors, post_id), status=410)
    raise NotFound


@get(f"{GROUP}/outbox", opt=OPEN)
async def show_outbox(circle: FromPath[str], before: Before = 0) -> Response[bytes]:
    opening = await openings.opening(circle)
    return document(await (outbox.page(opening, before) if before else outbox.whole(opening)))


@get(f"{GROUP}/followers", opt=OPEN)
async def show_followers(circle: FromPath[str]) -> Response[bytes]:
    """How many, and not who."""
    opening = await openings.opening(circle)
    count = await openings.followers(opening.place.circle.id)
    return document(documents.collection(opening.actors.followers, count))


@get(f"{GROUP}/moderators", opt=OPEN)
async def show_moderators(circle: FromPath[str]) -> Response[bytes]:
    """Who may post here, to Lemmy: only who writes all of it."""
    actors = (await openings.opening(circle)).actors
    return document(documents.collection(actors.moderators, 1, items=[actors.author]))
