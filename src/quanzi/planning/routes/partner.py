"""One calendar for all the circles of a partner."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import access, partners
from quanzi.errors import NotFound
from quanzi.planning import board, policy
from quanzi.web import sessions
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/partners/{partner:str}/manage/plan")
async def show_partners_plan(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    here = await partners.counter(partner, await sessions.viewer(request))
    circles = [access.shown(dict(line)) for line in await partners.circles(here)]
    if not policy.can_plan(here) or not circles:
        raise NotFound
    asked = request.query_params
    return await page(
        request,
        "planning/plan.html",
        place=None,
        partner=here.partner,
        circles=circles,
        here=f"/partners/{partner}/manage/plan",
        several=True,
        board=await board.of_circles(circles, asked.get("view", ""), asked.get("on", "")),
    )
