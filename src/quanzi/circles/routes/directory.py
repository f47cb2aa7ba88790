"""A partner's page: its circles."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import directory
from quanzi.errors import NotFound
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/partners/{partner:str}", opt={"open": "visitors see who runs a circle"})
async def show_partner(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    circles = await directory.circles_of(partner)
    if not circles:
        raise NotFound
    return await page(request, "circles/partner.html", circles=circles)
