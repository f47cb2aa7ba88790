"""The partner's desk: where everything that they do with a circle begins."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import policy
from quanzi.circles.routes.desk import place_at_desk
from quanzi.curation import beginning
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage")
async def show_desk(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_open_desk)
    return await page(
        request, "curation/desk.html", place=place, steps=await beginning.steps(place)
    )
