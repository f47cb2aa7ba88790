"""Following a circle, and who follows it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles import access, following
from quanzi.circles.routes import places
from quanzi.web import cursors, forms, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import fragment, is_htmx, page, see

type_of_request = Request[Any, Any, Any]


@post("/c/{circle:str}/follow", request_max_body_size=SMALL_FORM)
async def follow_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`source`: where they came from, see `arriving.py`."""
    place = await places.front_for_deed(request, circle)
    await following.follow(place, (await forms.read(request))["source"])
    return await _answer(request, circle)


@post("/c/{circle:str}/unfollow", request_max_body_size=SMALL_FORM)
async def unfollow_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    await following.unfollow(await places.front_for_deed(request, circle))
    return await _answer(request, circle)


@post("/c/{circle:str}/seen", request_max_body_size=SMALL_FORM)
async def mark_seen(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`seq`: the page has shown all up to there. A page says so of itself, now and then."""
    place = await access.front(circle, await sessions.viewer(request))
    await following.seen(place, (await forms.read(request)).number("seq") or 0)
    return Response(b"", status_code=204) if is_htmx(request) else see("/")


@get(
    "/c/{circle:str}/members",
    opt={"open": "visitors see who follows a public circle; a hidden one's are not found"},
)
async def show_members(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    found = await following.followers(place.circle.id, cursors.asked(request, "before"))
    shown, more = cursors.page(found, following.PAGE, lambda each: (each.since, each.member_id))
    return await page(
        request,
        "circles/members.html",
        place=place,
        followers=await tallying.followers(place.circle.id),
        online=request.app.state.station.online(place.circle.id),
        members=shown,
        more=more,
    )


async def _answer(request: type_of_request, circle: str) -> Response[bytes]:
    if not is_htmx(request):
        return see(f"/c/{circle}")
    place = await access.front(circle, await sessions.viewer(request))
    return await fragment(request, "circles/_follow.html", place=place)
