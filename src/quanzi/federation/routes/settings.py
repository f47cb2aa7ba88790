"""The owner's form: whether people on other servers may follow the circle, and how many do."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Said
from quanzi.federation import opening, openings, policy
from quanzi.federation.ours import Actors
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/federation"


@get(HERE)
async def show_settings(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _page(request, await place_at_desk(request, circle, policy.can_federate))


@post(HERE, request_max_body_size=SMALL_FORM)
async def turn(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_federate)
    form = await forms.read(request)
    if form["turn"] == "off":
        await opening.turn_off(place)
    elif form["turn"] == "on":
        try:
            await opening.turn_on(place)
        except Conflict as refusal:
            return await _page(request, place, refusal.sentence, status=409)
    return see(f"/c/{circle}/manage/federation")


async def _page(
    request: type_of_request, place: Place, refusal: Said | None = None, *, status: int = 200
) -> Response[bytes]:
    on = await openings.is_on(place.circle.id)
    return await page(
        request,
        "federation/settings.html",
        status=status,
        place=place,
        on=on,
        followers=await openings.followers(place.circle.id) if on else 0,
        address=Actors(place.circle.slug).address,
        possible=opening.visitors_may_read(place),
        refusal=refusal,
    )
