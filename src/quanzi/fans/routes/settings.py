"""Whether people can check in to a circle, and what its levels are called."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, Said
from quanzi.fans import levels, policy
from quanzi.fans.routes.desk import HERE as FANS
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = FANS + "/check-ins"


@get(HERE)
async def show_settings(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    own = await levels.own_names(place.circle.id)
    shown = {f"level_{n}": name for n, name in enumerate(own, 1)}
    shown["check_ins"] = "1" if place.circle.check_ins else ""
    return await _form(request, place, Form(shown, {}))


@post(HERE, request_max_body_size=SMALL_FORM)
async def change_settings(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`check_ins` ticked; `level_1` to `level_5`, '' for what the site calls it."""
    place = await place_for_deed(request, circle, policy.can_manage)
    form = await forms.read(request)
    try:
        typed = [form[f"level_{n}"] for n in range(1, len(levels.NAMES) + 1)]
        await levels.settle(place, typed, check_ins=form.ticked("check_ins"))
    except Invalid as wrong:
        return await _form(request, place, form, wrong.fields)
    return see(f"/c/{circle}/manage/fans")


async def _form(
    request: type_of_request, place: Place, form: Form, errors: dict[str, Said] | None = None
) -> Response[bytes]:
    return await page(
        request,
        "fans/settings.html",
        status=422 if errors else 200,
        place=place,
        form=form,
        levels=levels,
        errors=errors or {},
    )
