"""What is done about what people write, in figures for everybody."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.audit import anchoring
from quanzi.circles import access
from quanzi.moderation import figures
from quanzi.moderation.ruling import ACTIONS
from quanzi.screening.categories import CATEGORIES
from quanzi.web import sessions
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "what is done about people's words is for everybody to know, in figures"}


@get("/transparency", opt=OPEN)
async def show_transparency(request: type_of_request) -> Response[bytes]:
    return await page(
        request,
        "moderation/transparency.html",
        place=None,
        months=await figures.of_site(),
        head=await anchoring.head(),
        actions=ACTIONS,
        categories=CATEGORIES,
    )


@get("/c/{circle:str}/transparency", opt=OPEN)
async def show_circle_transparency(
    request: type_of_request, circle: FromPath[str]
) -> Response[bytes]:
    place = await access.front(circle, await sessions.viewer(request))
    return await page(
        request,
        "moderation/transparency.html",
        place=place,
        months=await figures.of_circle(place.circle.id, place.circle.time_zone),
        head=None,
        actions=ACTIONS,
        categories=CATEGORIES,
    )


FIGURES: list[Any] = [show_transparency, show_circle_transparency]
