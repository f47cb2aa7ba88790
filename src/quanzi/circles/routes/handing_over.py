"""Handing a partner over to a colleague: a page of its own, for it is meant to be read."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import handing_over, policy, staffing
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk
from quanzi.errors import Invalid, Said
from quanzi.web import forms, limits
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/staff/hand-over")
async def show_hand_over(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_hand_over)
    return await _shown(request, place, Form({"afterwards": "editor"}, {}))


@post("/c/{circle:str}/manage/staff/hand-over", request_max_body_size=SMALL_FORM)
async def hand_over(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_hand_over)
    form = await forms.read(request)
    # As at the sign-in: an open browser is no place to try passwords.
    await limits.hold(limits.SIGN_IN_ACCOUNT, place.viewer.handle if place.viewer else "")
    try:
        await handing_over.hand_over(
            place,
            form.number("to") or 0,
            password=form["password"],
            afterwards=form["afterwards"],
        )
    except Invalid as wrong:
        return await _shown(request, place, form, status=422, errors=wrong.fields)
    return see("/" if form["afterwards"] == "leave" else f"/c/{circle}/manage/staff")


async def _shown(
    request: type_of_request,
    place: Place,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    staff = await staffing.roster(place.circle.partner_id)
    return await page(
        request,
        "circles/hand_over.html",
        status=status,
        place=place,
        heirs=[colleague for colleague in staff if colleague.role != "owner"],
        form=form,
        errors=errors or {},
    )
