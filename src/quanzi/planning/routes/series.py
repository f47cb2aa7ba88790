"""What comes again: a list, a form to start one, and their ends."""

from contextlib import suppress
from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said, said
from quanzi.planning import policy, series
from quanzi.planning.repeating import Rhythm
from quanzi.planning.routes.rules import NO_NUMBER, NO_TIME
from quanzi.planning.series import Wanted
from quanzi.posts import drafts
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

NO_DAY = said("请选择一天。")


@get("/c/{circle:str}/manage/plan/series")
async def show_series(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_plan)
    return await _shown(request, place, Form({"every": "week", "time": "07:00"}, {}))


@post("/c/{circle:str}/manage/plan/series", request_max_body_size=SMALL_FORM)
async def start_series(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    try:
        await series.start(place, wanted(form))
    except Invalid as wrong:
        return await _shown(request, place, form, status=422, errors=wrong.fields)
    return see(f"/c/{circle}/manage/plan/series")


@post("/c/{circle:str}/manage/plan/series/{series_id:int}/end", request_max_body_size=SMALL_FORM)
async def end_series(
    request: type_of_request, circle: FromPath[str], series_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    await series.end(place, series_id)
    return see(f"/c/{circle}/manage/plan/series")


@post(
    "/c/{circle:str}/manage/plan/series/{series_id:int}/approve",
    request_max_body_size=SMALL_FORM,
)
async def agree_to_series(
    request: type_of_request, circle: FromPath[str], series_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    # Another owner was faster: the page says how it stands.
    with suppress(Conflict):
        await series.agree(place, series_id)
    return see(f"/c/{circle}/manage/plan/series")


def wanted(form: Form) -> Wanted:
    """Raises Invalid with a sentence by every field that needs one."""
    wrong: dict[str, Said] = {}
    text = drafts.clean(form["body"])
    first, last = _day(form, "first_day", wrong), _day(form, "last_day", wrong)
    if first is None:
        wrong.setdefault("first_day", NO_DAY)
    minute = forms.minute_of_day(form["time"])
    if minute is None:
        wrong["time"] = NO_TIME
    hours = forms.filled_in(form["pin_hours"], "pin_hours", wrong, NO_NUMBER, longest=3)
    month_day = forms.filled_in(form["month_day"], "month_day", wrong, NO_NUMBER, longest=2)
    if wrong or first is None:
        raise Invalid(**wrong)
    weekdays = frozenset(day for day in range(7) if form.ticked(f"weekday_{day}"))
    rhythm = Rhythm(form["every"], minute or 0, first, last, weekdays, month_day)
    return Wanted(text, tuple(drafts.topics_in(text, form["topics"])), rhythm, hours)


def _day(form: Form, name: str, wrong: dict[str, Said]) -> date | None:
    if not form[name].strip():
        return None
    try:
        return date.fromisoformat(form[name].strip())
    except ValueError:
        wrong[name] = NO_DAY
        return None


async def _shown(
    request: type_of_request,
    place: Place,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "planning/series.html",
        status=status,
        place=place,
        running=await series.running([place.circle.id]),
        form=form,
        errors=errors or {},
    )
