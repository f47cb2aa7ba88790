"""The page behind an invitation's link."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import joining
from quanzi.web import limits, sessions
from quanzi.web.addresses import address_of
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/join/{token:str}", opt={"open": "who is invited may have no account yet"})
async def show_invitation(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    await limits.hold(limits.NAMES, address_of(request))
    offer = await joining.look(token, await sessions.viewer(request))
    return await page(request, "circles/join.html", offer=offer, token=token)


@post("/join/{token:str}", request_max_body_size=SMALL_FORM)
async def accept_invitation(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    return see(f"/partners/{await joining.accept(token, viewer)}")
