"""Taking one's data along."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import File

from quanzi import clock
from quanzi.privacy import taking
from quanzi.web import i18n, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.limits import Limit
from quanzi.web.responses import fragment, page, see

type_of_request = Request[Any, Any, Any]

EXPORTS = Limit("exports", 10, 24 * 3600, 5)


@get("/me/data")
async def show_data(request: type_of_request) -> Response[bytes]:
    exports = await taking.latest(await sessions.viewer(request))
    return await page(request, "privacy/data.html", exports=exports)


@get("/me/data/progress")
async def show_progress(request: type_of_request) -> Response[bytes]:
    """The part of that page which changes by itself."""
    exports = await taking.latest(await sessions.viewer(request))
    return await fragment(request, "privacy/_exports.html", exports=exports)


@post("/me/data/export", request_max_body_size=SMALL_FORM)
async def ask_export(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(EXPORTS, viewer.member_id)
    await taking.ask(viewer, i18n.language_of(request))
    return see("/me/data")


@get("/me/data/exports/{export_id:int}")
async def fetch_export(request: type_of_request, export_id: FromPath[int]) -> Response[Any]:
    viewer = await sessions.viewer(request)
    file = await taking.fetched(viewer, export_id)
    return File(
        file,
        filename=f"quanzi-{viewer.handle}-{clock.now():%Y-%m-%d}.zip",
        media_type="application/zip",
        content_disposition_type="attachment",
        headers={"cache-control": "no-store"},
    )
