"""How often and when is posted in a circle, set by its owner."""

from typing import Any
from zoneinfo import available_timezones

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import pacing
from quanzi.circles.access import Place
from quanzi.circles.pace import ROLES, Pace, Rule
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, Said, said
from quanzi.planning import policy
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

NO_NUMBER = said("请填一个数。")
NO_TIME = said("请写成 22:00 这样。")
# Those that people live by; the others are shadows and inventions of the machine's.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc"))


@get("/c/{circle:str}/manage/plan/rules")
async def show_rules(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_set_pace)
    return await _shown(request, place, _as_form(place))


@post("/c/{circle:str}/manage/plan/rules", request_max_body_size=SMALL_FORM)
async def set_rules(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_set_pace)
    form = await forms.read(request)
    try:
        await pacing.set_pace(place, _asked(form), form["time_zone"])
    except Invalid as wrong:
        return await _shown(request, place, form, status=422, errors=wrong.fields)
    return see(f"/c/{circle}/manage/plan")


def _asked(form: Form) -> Pace:
    wrong: dict[str, Said] = {}
    rules = {
        role: Rule(
            most=forms.filled_in(form[f"{role}_most"], f"{role}_most", wrong, NO_NUMBER, longest=3),
            apart=forms.filled_in(
                form[f"{role}_apart"], f"{role}_apart", wrong, NO_NUMBER, longest=4
            ),
            quiet_from=_minute(form, f"{role}_from", wrong),
            quiet_to=_minute(form, f"{role}_to", wrong),
        )
        for role in ROLES
    }
    if wrong:
        raise Invalid(**wrong)
    return Pace({role: rule for role, rule in rules.items() if rule}, form.ticked("approval"))


def _minute(form: Form, name: str, wrong: dict[str, Said]) -> int:
    minute = forms.minute_of_day(form[name])
    if minute is None and form[name].strip():
        wrong[name] = NO_TIME
    return minute or 0


def _as_form(place: Place) -> Form:
    filled = {"time_zone": place.circle.time_zone}
    filled["approval"] = "on" if place.circle.pace.approval else ""
    for role, rule in place.circle.pace.rules.items():
        filled[f"{role}_most"] = str(rule.most or "")
        filled[f"{role}_apart"] = str(rule.apart or "")
        if rule.quiet_from != rule.quiet_to:
            filled[f"{role}_from"] = f"{rule.quiet_from // 60:02}:{rule.quiet_from % 60:02}"
            filled[f"{role}_to"] = f"{rule.quiet_to // 60:02}:{rule.quiet_to % 60:02}"
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
        "planning/rules.html",
        status=status,
        place=place,
        roles=ROLES,
        zones=ZONES,
        form=form,
        errors=errors or {},
    )
