"""The staff desk: who is on the staff, invitations, and changing both."""

from functools import partial
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import inviting, policy, staffing
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, NotFound, Said
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.origins import own_origin
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/staff")
async def show_staff(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _desk(request, await place_at_desk(request, circle, policy.can_see_staff))


@post("/c/{circle:str}/manage/staff/invite", request_max_body_size=SMALL_FORM)
async def invite_staff(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """The answer is the page with the link: it is told once, so there is nothing to be sent to."""
    place = await place_for_deed(request, circle, policy.can_invite)
    form = await forms.read(request)
    try:
        token = await inviting.invite(place, role=form["role"], note=form["note"])
    except Invalid as wrong:
        return await _desk(request, place, status=422, form=form, errors=wrong.fields)
    return await _desk(request, place, link=f"{own_origin(request)}/join/{token}")


@post(
    "/c/{circle:str}/manage/staff/invitations/{invitation_id:int}/end",
    request_max_body_size=SMALL_FORM,
)
async def end_invitation(
    request: type_of_request, circle: FromPath[str], invitation_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_invite)
    await inviting.end(place, invitation_id)
    return see(f"/c/{circle}/manage/staff")


@post("/c/{circle:str}/manage/staff/{member_id:int}/role", request_max_body_size=SMALL_FORM)
async def change_role(
    request: type_of_request, circle: FromPath[str], member_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_change_role)
    try:
        await staffing.change_role(place, member_id, (await forms.read(request))["role"])
    except Invalid as wrong:
        return await _desk(request, place, status=422, wrong_at=member_id, errors=wrong.fields)
    return await _there(request, circle)


@post("/c/{circle:str}/manage/staff/{member_id:int}/remove", request_max_body_size=SMALL_FORM)
async def remove_staff(
    request: type_of_request, circle: FromPath[str], member_id: FromPath[int]
) -> Response[bytes]:
    may = partial(policy.can_remove_staff, member_id=member_id)
    place = await place_for_deed(request, circle, may)
    await staffing.remove(place, member_id)
    return see(f"/c/{circle}/manage/staff")


@post("/c/{circle:str}/manage/staff/leave", request_max_body_size=SMALL_FORM)
async def leave_staff(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_leave)
    await staffing.leave(place)
    return see("/")


async def _there(request: type_of_request, circle: str) -> Response[bytes]:
    """Back to the desk, if it is still theirs: an owner may have stepped down."""
    try:
        await place_at_desk(request, circle, policy.can_see_staff)
    except NotFound:
        return see("/")
    return see(f"/c/{circle}/manage/staff")


async def _desk(
    request: type_of_request,
    place: Place,
    *,
    status: int = 200,
    link: str = "",
    wrong_at: int = 0,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """With the link, when one has just been made; with what they typed, when it is refused."""
    partner_id = place.circle.partner_id
    return await page(
        request,
        "circles/staff.html",
        status=status,
        place=place,
        staff=await staffing.roster(partner_id),
        invitations=await inviting.sent(partner_id) if policy.can_invite(place) else [],
        link=link,
        wrong_at=wrong_at,
        form=form or Form({"role": "editor"}, {}),
        errors=errors or {},
    )
