"""The services at the desk: which there are, in which order, and who sees them."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.offering import inbox, policy, reading, showing
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/services"
ONE = HERE + "/{service_id:int}"


@get(HERE)
async def show_desk(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_count)
    return await page(
        request,
        "offering/desk.html",
        place=place,
        services=await reading.at_desk(place.circle.id),
        counts=await inbox.counts(place),
        nothing=inbox.Counts(),
    )


@post(f"{ONE}/show", request_max_body_size=SMALL_FORM)
async def put_up(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    return await _done(request, circle, lambda place: showing.show(place, service_id))


@post(f"{ONE}/end", request_max_body_size=SMALL_FORM)
async def end_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    return await _done(request, circle, lambda place: showing.end(place, service_id))


@post(f"{ONE}/delete", request_max_body_size=SMALL_FORM)
async def delete_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    return await _done(request, circle, lambda place: showing.delete(place, service_id))


@post(f"{ONE}/move", request_max_body_size=SMALL_FORM)
async def move_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    """`to`: its place among all, from 0."""
    to = (await forms.read(request)).number("to") or 0
    return await _done(request, circle, lambda place: showing.move(place, service_id, min(to, 999)))


async def _done(
    request: type_of_request, circle: str, deed: Callable[[Place], Awaitable[int]]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_manage)
    await deed(place)
    return see(f"/c/{circle}/manage/services")
