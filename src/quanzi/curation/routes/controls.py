"""What one may do with a post: the small menu, and its deeds."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.curation import board, pinning
from quanzi.curation.policy import can_pin
from quanzi.errors import Invalid, Said, said
from quanzi.posts import editing, policy, reading
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see_or_tell

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/p/{post_id:int}/controls")
async def show_controls(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    return await _controls(request, place, post_id)


@post("/c/{circle:str}/p/{post_id:int}/pin", request_max_body_size=SMALL_FORM)
async def pin_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await _place_for_deed(request, circle)
    form = await forms.read(request)
    try:
        seq = await pinning.pin(
            place,
            post_id,
            slot=_slot(form),
            starts_at=_moment(form, "starts_at", place.circle.time_zone),
            ends_at=_moment(form, "ends_at", place.circle.time_zone),
        )
    except Invalid as wrong:
        return await _controls(request, place, post_id, status=422, form=form, errors=wrong.fields)
    return see_or_tell(request, f"/c/{circle}", seq)


@post("/c/{circle:str}/p/{post_id:int}/unpin", request_max_body_size=SMALL_FORM)
async def unpin_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await _place_for_deed(request, circle)
    seq = await pinning.unpin(place, post_id)
    return see_or_tell(request, f"/c/{circle}", seq)


async def _controls(
    request: type_of_request,
    place: Place,
    post_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    found = await reading.one(place, post_id)
    taken = await board.slots_taken(place.circle.id)
    return await page(
        request,
        "curation/controls.html",
        status=status,
        place=place,
        post=found,
        may_edit=policy.can_edit_post(place, found),
        may_remove=policy.can_remove(place, found),
        waits=await editing.waits(place, post_id) if policy.can_edit_post(place, found) else False,
        may_pin=can_pin(place) and found.state == "published",
        slot=next((slot for slot, who in taken.items() if who == post_id), None),
        taken=taken,
        form=form or Form({}, {}),
        errors=errors or {},
    )


async def _place_for_deed(request: type_of_request, circle: str) -> Place:
    place = await access.place(circle, await sessions.viewer(request))
    await limits.hold(limits.DEEDS, place.member_id)
    return place


def _slot(form: Form) -> int | None:
    if form["slot"].strip() and form.number("slot") is None:
        raise Invalid(slot=said("请选择一个置顶位。"))
    return form.number("slot")


def _moment(form: Form, name: str, time_zone: str) -> datetime | None:
    """As the circle's own time, like the composer's fields."""
    if not form[name].strip():
        return None
    try:
        moment = datetime.fromisoformat(form[name].strip())
        here = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))
        # The last day in one zone may be after the last day there is in another.
        return here.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(**{name: said("时间看不懂，请写成 2026-11-24 07:00 这样。")}) from None
