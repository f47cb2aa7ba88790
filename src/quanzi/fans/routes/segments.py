"""Segments at the desk."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said
from quanzi.fans import conditions as asking
from quanzi.fans import grouping, policy, segments, using
from quanzi.fans.asked import Offered, offered
from quanzi.fans.counting import Counted, counted
from quanzi.fans.routes.desk import HERE as FANS
from quanzi.fans.segments import Segment
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import fragment, page, see

type_of_request = Request[Any, Any, Any]

HERE = FANS + "/segments"
ONE = HERE + "/{segment_id:int}"


@get(HERE)
async def show_segments(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_see)
    return await page(
        request,
        "fans/segments.html",
        place=place,
        segments=await segments.listed(place.circle.id),
        offered=await offered(place.circle.id),
    )


@get(f"{HERE}/new")
async def show_new_segment(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """With the conditions of a list that was looked at, when there were some."""
    place = await place_at_desk(request, circle, policy.can_manage)
    typed = dict(request.query_params.items()) | {"idempotency_key": str(uuid.uuid4())}
    return await _form(request, place, Form(typed, {}), await offered(place.circle.id))


@post(f"{HERE}/new", request_max_body_size=SMALL_FORM)
async def make_segment(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`name` and the conditions; `do`: 'count' only counts."""
    place = await place_for_deed(request, circle, policy.can_manage)
    form = await forms.read(request)
    can_ask = await offered(place.circle.id)
    try:
        conditions = can_ask.read(form)
        if form["do"] == "count":
            n = await counted(place.circle.id, conditions)
            return await _form(request, place, form, can_ask, n=n)
        key = once.key_of(form["idempotency_key"])
        await grouping.make(place, form["name"], conditions, key=key)
    except Invalid as wrong:
        return await _form(request, place, form, can_ask, errors=wrong.fields)
    return see(f"/c/{circle}/manage/fans/segments")


@get(f"{FANS}/count")
async def count_fans(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """How many meet the conditions of a form as it stands, for the form itself."""
    place = await place_at_desk(request, circle, policy.can_see)
    form = Form(dict(request.query_params.items()), {})
    try:
        conditions = (await offered(place.circle.id)).read(form)
    except Invalid as wrong:
        return await fragment(request, "fans/_count.html", n=None, errors=wrong.fields)
    n = await counted(place.circle.id, conditions)
    return await fragment(request, "fans/_count.html", n=n, errors={})


@get(ONE)
async def show_segment(
    request: type_of_request, circle: FromPath[str], segment_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    segment = await segments.one(place.circle.id, segment_id)
    n = await counted(place.circle.id, segment.conditions)
    return await _form(
        request, place, _as_form(segment), await offered(place.circle.id), segment, n=n
    )


@post(ONE, request_max_body_size=SMALL_FORM)
async def change_segment(
    request: type_of_request, circle: FromPath[str], segment_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_manage)
    segment = await segments.one(place.circle.id, segment_id)
    form = await forms.read(request)
    can_ask = await offered(place.circle.id)
    try:
        conditions = can_ask.read(form)
        if form["do"] == "count":
            n = await counted(place.circle.id, conditions)
            return await _form(request, place, form, can_ask, segment, n=n)
        version = form.number("version") or 0
        await grouping.change(place, segment_id, form["name"], conditions, version=version)
    except Invalid as wrong:
        return await _form(request, place, form, can_ask, segment, errors=wrong.fields)
    except Conflict as changed:
        # Once more, and knowingly: it is saved over the newer one.
        newer = (await segments.one(place.circle.id, segment_id)).version
        again = Form(form.values | {"version": str(newer)}, {})
        errors = {"version": changed.sentence}
        return await _form(request, place, again, can_ask, segment, errors=errors)
    return see(f"/c/{circle}/manage/fans/segments")


@post(f"{ONE}/withdraw", request_max_body_size=SMALL_FORM)
async def withdraw_segment(
    request: type_of_request, circle: FromPath[str], segment_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_manage)
    await grouping.withdraw(place, segment_id)
    return see(f"/c/{circle}/manage/fans/segments")


def _as_form(segment: Segment) -> Form:
    shown = {"name": segment.name, "version": str(segment.version)}
    return Form(shown | asking.typed(segment.conditions), {})


async def _form(
    request: type_of_request,
    place: Place,
    form: Form,
    can_ask: Offered,
    segment: Segment | None = None,
    *,
    n: Counted | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "fans/segment.html",
        status=422 if errors else 200,
        place=place,
        segment=segment,
        used_by=await using.of_segment(place.circle.id, segment.id) if segment else [],
        offered=can_ask,
        form=form,
        n=n,
        errors=errors or {},
    )
