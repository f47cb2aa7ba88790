"""What one has asked for oneself."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.offering import inbox, requesting
from quanzi.web import cursors, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/requests")
async def show_own(request: type_of_request) -> Response[bytes]:
    found = await inbox.all_own(await sessions.viewer(request), cursors.asked(request, "before"))
    shown, more = cursors.page(found, inbox.PAGE, lambda each: each.key)
    return await page(request, "offering/own.html", requests=shown, more=more)


@get("/me/requests/{service_request_id:int}")
async def show_own_request(
    request: type_of_request, service_request_id: FromPath[int]
) -> Response[bytes]:
    found = await inbox.own(await sessions.viewer(request), service_request_id)
    sent = request.query_params.get("outcome", "") == "sent" and found.state == "new"
    return await page(request, "offering/own_request.html", asked=found, sent=sent)


@post("/me/requests/{service_request_id:int}/withdraw", request_max_body_size=SMALL_FORM)
async def withdraw_request(
    request: type_of_request, service_request_id: FromPath[int]
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    await requesting.withdraw(viewer, service_request_id)
    return see("/me/requests")
