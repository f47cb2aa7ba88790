"""Checking in to a circle, and one's own standing there."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.routes import places
from quanzi.fans import checking_in, levels, policy
from quanzi.web import sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import fragment, is_htmx, page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/check-in"


@get(HERE)
async def show_check_in(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """One's own page; as a fragment the line that stands in the circle's page."""
    place = await access.place(circle, await sessions.viewer(request))
    mine = await checking_in.standing(place)
    if is_htmx(request):
        return await fragment(request, "fans/_check_in.html", place=place, mine=mine)
    return await page(
        request,
        "fans/check_in.html",
        place=place,
        mine=mine,
        may=policy.can_check_in(place),
        levels=levels,
        names=await levels.names(place.circle.id),
    )


@post(HERE, request_max_body_size=SMALL_FORM)
async def check_in(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    await checking_in.check_in(place)
    if is_htmx(request):
        mine = await checking_in.standing(place)
        return await fragment(request, "fans/_check_in.html", place=place, mine=mine)
    return see(f"/c/{circle}/check-in")
