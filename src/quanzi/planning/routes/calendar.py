"""The calendar: a month, a week or a list; moving what stands on it, and mending what collides."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said
from quanzi.planning import board, mending, policy
from quanzi.posts import pacing
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import fragment, is_htmx, page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/plan")
async def show_plan(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_plan)
    asked = request.query_params
    return await _shown(request, place, asked.get("view", ""), asked.get("on", ""))


@post("/c/{circle:str}/manage/plan/move", request_max_body_size=SMALL_FORM)
async def move_item(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`what`: the kind of an item; `id`; `to`: a local time."""
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    to = None
    try:
        to = forms.moment(form["to"], "publish_at", place.circle.time_zone)
        if to is not None:
            await mending.move(place, form["what"], form.number("id") or 0, to)
    except Invalid as wrong:
        return await _refused(request, place, form, to, wrong.fields)
    return await _moved(request, place, form)


@post("/c/{circle:str}/manage/plan/mend", request_max_body_size=SMALL_FORM)
async def mend_conflict(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    # Somebody else was faster, or nothing is in the way any more: the page says how it stands.
    with suppress(Conflict):
        await mending.mend(place, form["what"], form.number("id") or 0)
    return await _moved(request, place, form)


@get("/c/{circle:str}/manage/plan/check")
async def check_time(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """What a time would collide with, before it is chosen; nothing when it is fine."""
    place = await place_at_desk(request, circle, policy.can_plan)
    asked = request.query_params
    zone, found = place.circle.time_zone, None
    beside = forms.whole(asked.get("post", "")) or 0
    rule = await pacing.rule_of_post(place, beside)
    try:
        at = forms.moment(asked.get("publish_at", ""), "publish_at", zone)
    except Invalid:
        at = None
    if at is not None:
        found = await pacing.breaks(place, rule, at, beside=beside)
    return await fragment(
        request,
        "planning/_check.html",
        place=place,
        sentence=found.sentence(rule, zone) if found else None,
        free=found.until if found else None,
    )


async def _moved(request: type_of_request, place: Place, form: Form) -> Response[bytes]:
    if is_htmx(request):
        return await _shown(request, place, form["view"], form["on"])
    return see(f"/c/{place.circle.slug}/manage/plan?view={form['view']}&on={form['on']}")


async def _refused(
    request: type_of_request,
    place: Place,
    form: Form,
    to: datetime | None,
    errors: dict[str, Said],
) -> Response[bytes]:
    """Where it cannot stand, with the way out."""
    rule = await pacing.rule_of_post(place, form.number("id") or 0)
    found = None
    if to is not None and form["what"] == "post":
        found = await pacing.breaks(place, rule, to, beside=form.number("id") or 0)
    return await page(
        request,
        "planning/refused.html",
        status=422,
        place=place,
        form=form,
        sentence=next(iter(errors.values())),
        free=found.until if found else None,
    )


async def _shown(request: type_of_request, place: Place, view: str, on: str) -> Response[bytes]:
    return await page(
        request,
        "planning/plan.html",
        place=place,
        here=f"/c/{place.circle.slug}/manage/plan",
        several=False,
        board=await board.of_circle(place, view, on),
    )
