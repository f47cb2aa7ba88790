"""Texts to use again: a list, and a form for one of them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, Said
from quanzi.planning import policy
from quanzi.posts import reusing
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/plan/templates")
async def show_templates(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_plan)
    chosen = forms.whole(request.query_params.get("change", "")) or 0
    filled = {}
    if chosen:
        found = await reusing.one(place, chosen)
        filled = {"name": found.name, "body": found.body, "topics": " ".join(found.topics)}
    return await _shown(request, place, Form(filled, {}), chosen)


@post("/c/{circle:str}/manage/plan/templates", request_max_body_size=SMALL_FORM)
async def save_template(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    chosen = form.number("id") or 0
    try:
        await reusing.save(place, form["name"], form["body"], form["topics"], chosen)
    except Invalid as wrong:
        return await _shown(request, place, form, chosen, wrong.fields)
    return see(f"/c/{circle}/manage/plan/templates")


@post(
    "/c/{circle:str}/manage/plan/templates/{template_id:int}/remove",
    request_max_body_size=SMALL_FORM,
)
async def remove_template(
    request: type_of_request, circle: FromPath[str], template_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    await reusing.remove(place, template_id)
    return see(f"/c/{circle}/manage/plan/templates")


async def _shown(
    request: type_of_request,
    place: Place,
    form: Form,
    chosen: int,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "planning/templates.html",
        status=422 if errors else 200,
        place=place,
        templates=await reusing.all_of(place),
        chosen=chosen,
        form=form,
        errors=errors or {},
    )
