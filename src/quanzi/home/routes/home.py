"""`/`: for a member what is new in their circles, for a visitor the circles there are."""

from typing import Any

from litestar import Request, Response, get, post

from quanzi.circles import directory, following
from quanzi.discovery.routes import discover
from quanzi.home import reading, showing
from quanzi.home.reading import Key
from quanzi.web import cursors, i18n, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/", opt={"open": "visitors look for a circle before they sign up"})
async def show_home(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    if viewer is None:
        return await discover(request)
    asked = cursors.asked(request, "before")
    key = Key(*asked) if asked else None
    return await page(
        request,
        "home/feed.html",
        shown=await showing.show(viewer, i18n.language_of(request), key),
        own=await directory.run_by(viewer.member_id),
        key=key,
    )


@get("/me/circles")
async def show_circles(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    return await page(
        request, "home/circles.html", circles=await reading.followed(viewer.member_id)
    )


@post("/me/circles/read", request_max_body_size=SMALL_FORM)
async def mark_all_seen(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await following.all_seen(viewer.member_id)
    return see("/me/circles")
