"""A circle's collections, one of them, and its pictures."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles import access
from quanzi.collections import collecting, live, reading
from quanzi.errors import NotFound
from quanzi.media import SIZES
from quanzi.media.incoming import store
from quanzi.posts import liking
from quanzi.posts.drawing import drawings
from quanzi.web import cursors, i18n, sessions
from quanzi.web.responses import page, picture

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "visitors read public circles; a draft is not found"}


@get("/c/{circle:str}/collections", opt=OPEN)
async def show_collections(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    found, older = cursors.page(
        await reading.published(place.circle.id, cursors.asked(request, "before")),
        reading.PAGE,
        reading.published_key,
    )
    return await page(
        request,
        "collections/list.html",
        place=place,
        followers=await tallying.followers(place.circle.id),
        online=request.app.state.station.online(place.circle.id),
        collections=found,
        older=older,
    )


@get("/c/{circle:str}/collections/{collection_id:int}", opt=OPEN)
async def show_collection(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    language, station = i18n.language_of(request), request.app.state.station
    stream = await station.hub.stream(place.circle.id)
    # The number first: what changes in between comes again over the live connection.
    seq, epoch = stream.head, station.hub.epoch
    found = await reading.one(place, collection_id)
    html = await drawings(place.circle.id, [item.entry for item in found.items], language)
    return await page(
        request,
        "collections/show.html",
        place=place,
        collection=found,
        html=live.draw(found, html, language),
        liked=await liking.liked(place, html),
        seq=seq,
        epoch=epoch,
    )


@get("/c/{circle:str}/collections/{collection_id:int}/cover/{size:str}", opt=OPEN)
async def show_collection_cover(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    size: FromPath[str],
) -> Response[Any]:
    place = await access.place(circle, await sessions.viewer(request))
    return _picture((await reading.one(place, collection_id)).cover, size)


@get("/c/{circle:str}/collections/{collection_id:int}/maps/{post_id:int}/{size:str}", opt=OPEN)
async def show_map(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    post_id: FromPath[int],
    size: FromPath[str],
) -> Response[Any]:
    """Through the same door as the collection, and gone with the post."""
    place = await access.place(circle, await sessions.viewer(request))
    await reading.seen(place, collection_id)
    return _picture((await collecting.entry(place, collection_id, post_id))["map"], size)


def _picture(name: str, size: str) -> Response[Any]:
    size = size.removesuffix(".webp")
    if not name or size not in SIZES:
        raise NotFound
    return picture(store().path(name, size))
