"""`/discover`: categories, what rises, and the search."""

from typing import Any

from litestar import Request, Response, get

from quanzi.circles import directory, rising
from quanzi.discovery import finding
from quanzi.search import marking
from quanzi.search.asking import LONGEST_TYPED
from quanzi.web import forms, limits, sessions
from quanzi.web.addresses import address_of
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]


@get("/discover", opt={"open": "visitors look for a circle before they sign up"})
async def show_discover(request: type_of_request) -> Response[bytes]:
    typed = " ".join(request.query_params.get("q", "").split())[:LONGEST_TYPED]
    return await (_finds(request, typed) if typed else discover(request))


async def discover(request: type_of_request) -> Response[bytes]:
    """The directory of all circles, or of a category. The visitor's home page, too."""
    viewer = await sessions.viewer(request)
    category = request.query_params.get("category", "")
    after = request.query_params.get("after", "")
    found = await directory.circles(category, forms.whole(after) or 0)
    first = not category and not after
    return await page(
        request,
        "discovery/directory.html",
        categories=await directory.categories(),
        category=category,
        rising=await rising.rising() if first else [],
        circles=found[: directory.PAGE],
        more=found[directory.PAGE - 1]["id"] if len(found) > directory.PAGE else None,
        own=await directory.run_by(viewer.member_id) if viewer and first else [],
    )


async def _finds(request: type_of_request, typed: str) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.SEARCHING, viewer.member_id if viewer else address_of(request))
    asked = request.query_params.get("kind", "all")
    kind = asked if asked in finding.KINDS else "all"
    return await page(
        request,
        "discovery/finds.html",
        q=typed,
        kind=kind,
        finds=await finding.find(typed, kind, request.query_params.get("after", ""), viewer),
        snippet=marking.snippet,
    )


ROUTES = [show_discover]
