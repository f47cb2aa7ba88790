"""Leaving for good."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post

from quanzi.errors import Invalid, Said
from quanzi.privacy import erasing
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/data/erase")
async def show_erase(request: type_of_request) -> Response[bytes]:
    return await _page(request, {})


@post("/me/data/erase", request_max_body_size=SMALL_FORM)
async def erase_account(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    form = await forms.read(request)
    await limits.hold(limits.SIGN_IN_ACCOUNT, viewer.handle)
    try:
        await erasing.erase(viewer, form["password"])
    except Invalid as wrong:
        return await _page(request, wrong.fields, status=422)
    sessions.forget_all()
    answer = see("/left", [sessions.taken_back()])
    answer.headers["clear-site-data"] = '"cache"'
    return answer


@get("/left", opt={"open": "who has just asked to be erased has no session any more"})
async def show_left(request: type_of_request) -> Response[bytes]:
    return await page(request, "privacy/left.html")


async def _page(
    request: type_of_request, errors: Mapping[str, Said], *, status: int = 200
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    return await page(
        request,
        "privacy/erase.html",
        status=status,
        alone=await erasing.owns_alone(viewer.member_id),
        errors=errors,
    )
