"""For search engines: what may be read, and where it is."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.platform import sitemaps
from quanzi.web.origins import own_origin

OPEN = {"open": "search engines have no session; they are told of what visitors read"}
XML = "application/xml; charset=utf-8"
# Each time it is asked whether it still holds: what was removed must be gone.
KEPT = {"cache-control": "private, no-cache"}

type_of_request = Request[Any, Any, Any]


@get("/robots.txt", opt=OPEN)
async def show_robots(request: type_of_request) -> Response[bytes]:
    text = sitemaps.robots(own_origin(request))
    return Response(text, media_type="text/plain; charset=utf-8", headers=KEPT)


@get("/sitemap.xml", opt=OPEN)
async def show_sitemap(request: type_of_request) -> Response[bytes]:
    made = await sitemaps.of_site(own_origin(request))
    return Response(made, media_type=XML, headers=KEPT)


@get("/sitemap-pages.xml", opt=OPEN)
async def show_pages(request: type_of_request) -> Response[bytes]:
    return Response(sitemaps.of_pages(own_origin(request)), media_type=XML, headers=KEPT)


@get("/c/{circle:str}/sitemap.xml", opt=OPEN)
async def show_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.place(circle, None)
    made = await sitemaps.of_circle(own_origin(request), place.circle)
    return Response(made, media_type=XML, headers=KEPT)
