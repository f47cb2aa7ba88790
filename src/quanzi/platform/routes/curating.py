"""Pins, digest posts, and collections."""

from litestar import Response, delete, get, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.routes import places
from quanzi.collections import reading as collected
from quanzi.curation import board, digesting, pinning
from quanzi.platform import answers, shapes, telling
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Cursor, Fields
from quanzi.platform.documented import DEED, READ, WRITE
from quanzi.web import cursors, forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.origins import own_origin


@get("/circles/{circle:str}/pins", opt={"scope": "circles:read"}, summary="What is pinned", **READ)
async def list_pins(request: type_of_request, circle: FromPath[str]) -> Response[list[shapes.Pin]]:
    place = await places.place(request, circle)
    found = await board.read(place.circle.id)
    return answers.page(
        request,
        shapes.Pin,
        [shapes.Pin(slot=each.slot, post_id=each.post_id) for each in found.pins],
        None,
    )


@put(
    "/circles/{circle:str}/posts/{post_id:int}/pin",
    opt={"scope": "pins:write"},
    summary="Pin a post, from now or later",
    request_max_body_size=SMALL_FORM,
    **WRITE,
)
async def pin(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    data: JSONBody[shapes.NewPin],
) -> Response[shapes.Done]:
    place = await places.place_for_deed(request, circle)
    zone = place.circle.time_zone
    seq = await pinning.pin(
        place,
        post_id,
        slot=data.slot,
        starts_at=forms.moment(data.starts_at, "starts_at", zone),
        ends_at=forms.moment(data.ends_at, "ends_at", zone),
    )
    return answers.thing(request, shapes.Done(seq=seq))


@delete(
    "/circles/{circle:str}/posts/{post_id:int}/pin",
    opt={"scope": "pins:write"},
    summary="Unpin it",
    **DEED,
)
async def unpin(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[None]:
    await pinning.unpin(await places.place_for_deed(request, circle), post_id)
    return answers.nothing()


@put(
    "/circles/{circle:str}/posts/{post_id:int}/digest",
    opt={"scope": "pins:write"},
    summary="Choose it for the digest",
    **DEED,
)
async def digest(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[None]:
    await digesting.digest(await places.place_for_deed(request, circle), post_id)
    return answers.nothing()


@delete(
    "/circles/{circle:str}/posts/{post_id:int}/digest",
    opt={"scope": "pins:write"},
    summary="Take it out of the digest",
    **DEED,
)
async def undigest(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[None]:
    await digesting.undigest(await places.place_for_deed(request, circle), post_id)
    return answers.nothing()


@get(
    "/circles/{circle:str}/collections",
    opt={"scope": "circles:read"},
    summary="A circle's collections, the latest first",
    **READ,
)
async def list_collections(
    request: type_of_request, circle: FromPath[str], after: Cursor = "", fields: Fields = ""
) -> Response[list[shapes.CollectionHead]]:
    place = await places.place(request, circle)
    found = await collected.published(place.circle.id, cursors.read(after))
    shown, more = cursors.page(found, collected.PAGE, collected.published_key)
    told = [telling.collection_head(own_origin(request), place.circle.slug, line) for line in shown]
    return answers.page(request, shapes.CollectionHead, told, more, fields)


@get(
    "/circles/{circle:str}/collections/{collection_id:int}",
    opt={"scope": "circles:read"},
    summary="A collection with all that stands in it",
    **READ,
)
async def read_collection(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[shapes.Collection]:
    place = await places.place(request, circle)
    found = await collected.one(place, collection_id)
    return answers.thing(
        request,
        telling.collection(own_origin(request), found),
        tag=f"{found.version}.{found.state}",
    )
