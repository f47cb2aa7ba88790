"""Finding people who like the same things, and how one wants to be found."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.people import choosing, suggesting
from quanzi.people.choosing import Choices
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import is_htmx, page, see

type_of_request = Request[Any, Any, Any]


@get("/people")
async def show_people(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    return await page(
        request,
        "people/people.html",
        suggested=await suggesting.some(viewer),
        choices=await choosing.choices(viewer.member_id),
    )


@post("/people/{handle:str}/dismiss", request_max_body_size=SMALL_FORM)
async def dismiss_member(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    await suggesting.dismiss(viewer, handle)
    return Response(b"", status_code=200) if is_htmx(request) else see("/people")


@post("/people/settings", request_max_body_size=SMALL_FORM)
async def choose(request: type_of_request) -> Response[bytes]:
    form = await forms.read(request)
    await choosing.choose(
        await sessions.viewer(request),
        Choices(
            suggestable=form.ticked("suggestable"),
            suggestions=form.ticked("suggestions"),
            circles_shown=form.ticked("circles_shown"),
        ),
    )
    return see("/people")
