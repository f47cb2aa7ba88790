"""One's own applications."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.applying import asking, reading
from quanzi.web import cursors, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/applications")
async def show_own_applications(request: type_of_request) -> Response[bytes]:
    found = await reading.own(await sessions.viewer(request), cursors.asked(request, "before"))
    shown, more = cursors.page(found, reading.PAGE, lambda each: (each.created_at, each.id))
    return await page(
        request,
        "applying/own.html",
        applications=shown,
        more=more,
    )


@post("/me/applications/{application_id:int}/withdraw", request_max_body_size=SMALL_FORM)
async def withdraw_application(
    request: type_of_request, application_id: FromPath[int]
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    await asking.withdraw(viewer, application_id)
    return see("/me/applications")
