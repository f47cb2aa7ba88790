"""`/me/notices`: what concerns me."""

from typing import Any

from litestar import Request, Response, get, post

from quanzi.notifications import marking, reading
from quanzi.web import cursors, forms, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/notices")
async def show_notices(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    before = cursors.asked(request, "before")
    return await page(
        request,
        "notifications/tray.html",
        shown=await reading.page(viewer.member_id, before),
        first=before is None,
    )


@post("/me/notices/seen", request_max_body_size=SMALL_FORM)
async def mark_seen(request: type_of_request) -> Response[bytes]:
    """`up_to`: the key of the newest that was on the page."""
    viewer = await sessions.viewer(request)
    key = cursors.read((await forms.read(request))["up_to"])
    if key is not None:
        await marking.seen(viewer.member_id, key[0])
    return see("/me/notices")


@post("/me/notices/read", request_max_body_size=SMALL_FORM)
async def mark_read(request: type_of_request) -> Response[bytes]:
    """`id`: this one; without it, all."""
    viewer = await sessions.viewer(request)
    form = await forms.read(request)
    if form["id"]:
        await marking.read(viewer.member_id, form.number("id") or 0)
    else:
        await marking.all_read(viewer.member_id)
    return see("/me/notices")
