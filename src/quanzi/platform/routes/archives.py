"""A circle, to be taken elsewhere."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from quanzi import clock
from quanzi.circles import policy
from quanzi.circles.routes.desk import place_at_desk
from quanzi.platform import archiving
from quanzi.web import limits
from quanzi.web.forms import SMALL_FORM
from quanzi.web.origins import own_origin
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/archive"


@get(HERE)
async def show_archive(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_change)
    return await page(request, "platform/archive.html", place=place)


@post(HERE, request_max_body_size=SMALL_FORM)
async def take_archive(request: type_of_request, circle: FromPath[str]) -> Stream:
    """A deed and no reading, since the log says who took it."""
    place = await place_at_desk(request, circle, policy.can_change)
    await limits.hold(limits.EXPORTING, place.member_id)
    return Stream(
        await archiving.take(place, own_origin(request)),
        status_code=200,
        media_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="{circle}-{clock.now():%Y%m%d}.zip"',
            "cache-control": "no-store",
        },
    )
