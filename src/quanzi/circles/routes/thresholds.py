"""What a circle asks of people, set by its owner."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import changing, policy, thresholds
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.circles.thresholds import ACTIONS, Threshold, Thresholds
from quanzi.errors import Invalid, Said, said
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

NO_NUMBER = said("请填一个数。")


@get("/c/{circle:str}/manage/thresholds")
async def show_thresholds(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_change)
    return await _shown(request, place, _as_form(place.circle.thresholds))


@post("/c/{circle:str}/manage/thresholds", request_max_body_size=SMALL_FORM)
async def change_thresholds(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_change)
    form = await forms.read(request)
    try:
        await changing.ask_for(place, _asked(form))
    except Invalid as wrong:
        return await _shown(request, place, form, status=422, errors=wrong.fields)
    return see(f"/c/{circle}/about#thresholds")


def _asked(form: Form) -> Thresholds:
    """Raises Invalid for what is no number."""
    wrong: dict[str, Said] = {}
    asked = {
        action: Threshold(
            form.ticked(f"{action}_verified"),
            _number(form, f"{action}_credit", wrong),
            _number(form, f"{action}_days", wrong),
        )
        for action in ACTIONS
    }
    if wrong:
        raise Invalid(**wrong)
    return asked


def _number(form: Form, name: str, wrong: dict[str, Said]) -> int:
    return forms.filled_in(form[name], name, wrong, NO_NUMBER, longest=4)


def _as_form(asked: Thresholds) -> Form:
    filled = {}
    for action, each in asked.items():
        filled[f"{action}_verified"] = "on" if each.verified else ""
        filled[f"{action}_credit"] = str(each.credit or "")
        filled[f"{action}_days"] = str(each.days or "")
    return Form(filled, {})


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
        "circles/thresholds.html",
        status=status,
        place=place,
        actions=ACTIONS,
        names=thresholds.NAMES,
        form=form,
        errors=errors or {},
    )
