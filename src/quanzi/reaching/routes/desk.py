"""Notices at the desk: written, tried, sent, stopped, and what they brought."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said
from quanzi.fans import segments
from quanzi.reaching import approving, policy, reading, sending, writing
from quanzi.reaching.reading import Notice
from quanzi.reaching.writing import Words
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/notices"
ONE = HERE + "/{circle_notice_id:int}"


@get(HERE)
async def show_notices(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_reach)
    return await page(
        request,
        "reaching/desk.html",
        place=place,
        notices=await reading.at_desk(place.circle.id),
        quota=sending.QUOTA,
    )


@get(f"{HERE}/new")
async def show_new(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_reach)
    return await _form(request, place, None, Form({"idempotency_key": str(uuid.uuid4())}, {}))


@post(f"{HERE}/new", request_max_body_size=SMALL_FORM)
async def write_notice(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_reach)
    form = await forms.read(request)
    try:
        key = once.key_of(form["idempotency_key"])
        notice_id = await writing.write(place, _words(form), key=key)
    except Invalid as wrong:
        return await _form(request, place, None, form, wrong.fields)
    return see(f"/c/{circle}/manage/notices/{notice_id}")


@get(ONE)
async def show_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_reach)
    found = await reading.one(place, circle_notice_id)
    return await _form(request, place, found, _as_form(found))


@post(ONE, request_max_body_size=SMALL_FORM)
async def change_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_reach)
    found = await reading.one(place, circle_notice_id)
    form = await forms.read(request)
    try:
        version = form.number("version") or 0
        await writing.change(place, found.id, _words(form), version=version)
    except Invalid as wrong:
        return await _form(request, place, found, form, wrong.fields)
    except Conflict as changed:
        newer = await reading.one(place, found.id)
        again = Form(form.values | {"version": str(newer.version)}, {})
        return await _form(request, place, newer, again, {"body": changed.sentence}, status=409)
    return see(f"/c/{circle}/manage/notices/{circle_notice_id}")


@post(f"{ONE}/test", request_max_body_size=SMALL_FORM)
async def test_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    """To oneself alone."""
    place = await place_for_deed(request, circle, policy.can_reach)
    await sending.test(place, circle_notice_id)
    return see(f"/c/{circle}/manage/notices/{circle_notice_id}?outcome=tested")


@post(f"{ONE}/send", request_max_body_size=SMALL_FORM)
async def send_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    """`send_at`: empty for now."""

    async def plan(place: Place, notice_id: int, form: Form) -> None:
        at = forms.moment(form["send_at"], "send_at", place.circle.time_zone)
        await sending.plan(place, notice_id, at, version=form.number("version"))

    return await _done(request, circle, circle_notice_id, plan)


@post(f"{ONE}/stop", request_max_body_size=SMALL_FORM)
async def stop_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    """One that waits is a draft again, one that goes out goes no further."""
    place = await place_for_deed(request, circle, policy.can_reach)
    await sending.take_back(place, circle_notice_id)
    return see(f"/c/{circle}/manage/notices/{circle_notice_id}")


@post(f"{ONE}/approve", request_max_body_size=SMALL_FORM)
async def approve_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    async def approve(place: Place, notice_id: int, form: Form) -> None:
        await approving.approve(place, notice_id, version=form.number("version"))

    return await _done(request, circle, circle_notice_id, approve)


@post(f"{ONE}/decline", request_max_body_size=SMALL_FORM)
async def decline_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[bytes]:
    async def decline(place: Place, notice_id: int, form: Form) -> None:
        await approving.decline(place, notice_id, version=form.number("version"))

    return await _done(request, circle, circle_notice_id, decline)


async def _done(
    request: type_of_request,
    circle: str,
    notice_id: int,
    deed: Callable[[Place, int, Form], Awaitable[None]],
) -> Response[bytes]:
    """With what was typed, where it is refused; as it stands now, where somebody was faster."""
    place = await place_for_deed(request, circle, policy.can_reach)
    found = await reading.one(place, notice_id)
    form = await forms.read(request)
    try:
        await deed(place, found.id, form)
    except Invalid as wrong:
        typed = Form(_as_form(found).values | form.values, {})
        return await _form(request, place, found, typed, wrong.fields)
    except Conflict as changed:
        newer = await reading.one(place, found.id)
        wrong_now = {"send_at": changed.sentence}
        return await _form(request, place, newer, _as_form(newer), wrong_now, status=409)
    return see(f"/c/{circle}/manage/notices/{notice_id}")


def _words(form: Form) -> Words:
    return Words(
        form["title"],
        form["body"],
        form["link"],
        form.number("segment"),
        form["occasion"],
        form.number("silent_days") or 0,
    )


def _as_form(found: Notice) -> Form:
    values = {
        "title": found.title,
        "body": found.body,
        "link": found.link,
        "segment": str(found.segment_id or ""),
        "occasion": found.occasion,
        "silent_days": str(found.silent_days or ""),
        "version": str(found.version),
    }
    return Form(values, {})


async def _form(
    request: type_of_request,
    place: Place,
    notice: Notice | None,
    form: Form,
    errors: dict[str, Said] | None = None,
    *,
    status: int = 200,
) -> Response[bytes]:
    return await page(
        request,
        "reaching/one.html",
        status=status if not errors or status != 200 else 422,  # noqa: PLR2004
        place=place,
        notice=notice,
        segments=await segments.listed(place.circle.id),
        outcome=request.query_params.get("outcome", ""),
        form=form,
        errors=errors or {},
    )
