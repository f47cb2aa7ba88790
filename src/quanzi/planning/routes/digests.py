"""When a post is to become one of the circle's best."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, Said
from quanzi.planning import highlighting, policy
from quanzi.posts import reading
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/plan/digest/{post_id:int}")
async def show_digest_plan(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_plan)
    return await _shown(request, place, post_id)


@post("/c/{circle:str}/manage/plan/digest/{post_id:int}", request_max_body_size=SMALL_FORM)
async def plan_digest(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    """Without a time it is called off."""
    place = await place_for_deed(request, circle, policy.can_plan)
    await reading.one(place, post_id)
    form = await forms.read(request)
    try:
        at = forms.moment(form["digest_at"], "digest_at", place.circle.time_zone)
        if at is None:
            await highlighting.call_off(place, post_id)
        else:
            await highlighting.plan(place, post_id, at)
    except Invalid as wrong:
        return await _shown(request, place, post_id, form, wrong.fields)
    return see(f"/c/{circle}/manage/plan")


async def _shown(
    request: type_of_request,
    place: Place,
    post_id: int,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "planning/digest.html",
        status=422 if errors else 200,
        place=place,
        post=await reading.one(place, post_id),
        at=await highlighting.planned_for(place, post_id),
        form=form or Form({}, {}),
        errors=errors or {},
    )
