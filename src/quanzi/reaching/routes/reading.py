"""A notice as who was sent it reads it, and wanting no more of this circle."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.routes import places
from quanzi.reaching import muting, opening, reading
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/notices/{circle_notice_id:int}")
async def show_received(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place(request, circle)
    found = await reading.received(place, circle_notice_id)
    if place.member_id is not None:
        opening.note(place.circle.id, found.id, place.member_id)
    return await page(
        request,
        "reaching/received.html",
        place=place,
        notice=found,
        mute=await muting.is_mute(place),
    )


@post("/c/{circle:str}/notices/mute", request_max_body_size=SMALL_FORM)
async def mute_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    await muting.mute(await places.front_for_deed(request, circle))
    return see(f"/c/{circle}")


@post("/c/{circle:str}/notices/unmute", request_max_body_size=SMALL_FORM)
async def unmute_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    await muting.unmute(await places.front_for_deed(request, circle))
    return see(f"/c/{circle}")
