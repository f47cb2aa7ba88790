"""Finding circles."""

from typing import Any

from litestar import Request, Response, get

from quanzi.circles import directory
from quanzi.web import sessions
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "visitors look for a circle before they sign up"}


@get("/discover", opt=OPEN)
async def show_discover(request: type_of_request) -> Response[bytes]:
    return await directory_page(request, request.query_params.get("category", ""))


async def directory_page(request: type_of_request, category: str) -> Response[bytes]:
    after = request.query_params.get("after", "")
    viewer = await sessions.viewer(request)
    found = await directory.circles(
        category,
        int(after) if after.isdecimal() and len(after) < 19 else 0,  # noqa: PLR2004
    )
    return await page(
        request,
        "circles/directory.html",
        categories=await directory.categories(),
        category=category,
        circles=found[: directory.PAGE],
        more=found[directory.PAGE - 1]["id"] if len(found) > directory.PAGE else None,
        own=await directory.run_by(viewer.member_id) if viewer else [],
    )
