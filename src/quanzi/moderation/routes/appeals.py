"""Appeals that wait for an answer, and answering them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, Said
from quanzi.moderation import appealing, decisions, policy
from quanzi.web import cursors, forms
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]
APPEALS = "/c/{circle:str}/manage/appeals"


@get("/review/appeals")
async def show_all_appeals(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_see_platform_queue)
    return await _listed(request, None)


@get(APPEALS)
async def show_appeals(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _listed(request, await place_at_desk(request, circle, policy.can_review))


@get(f"{APPEALS}/{{decision_id:int}}")
async def show_appeal(
    request: type_of_request, circle: FromPath[str], decision_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_review)
    return await _shown(request, place, decision_id)


@post(f"{APPEALS}/{{decision_id:int}}", request_max_body_size=SMALL_FORM)
async def answer_appeal(
    request: type_of_request, circle: FromPath[str], decision_id: FromPath[int]
) -> Response[bytes]:
    """`overturn`: 'yes' for the author, anything else against them."""
    place = await place_for_deed(request, circle, policy.can_review)
    form = await forms.read(request)
    try:
        await appealing.answer(
            place, decision_id, overturn=form["overturn"] == "yes", reason=form["reason"]
        )
    except Invalid as wrong:
        return await _shown(request, place, decision_id, form, wrong.fields)
    return see(f"/c/{circle}/manage/appeals")


async def _listed(request: type_of_request, place: Place | None) -> Response[bytes]:
    circle_id = place.circle.id if place else None
    found = await decisions.appealed(circle_id, cursors.asked(request, "after"))
    shown, more = cursors.page(found, decisions.PAGE, lambda each: each.appeal_key)
    return await page(request, "moderation/appeals.html", place=place, appeals=shown, more=more)


async def _shown(
    request: type_of_request,
    place: Place,
    decision_id: int,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    found = await decisions.one(place, decision_id)
    return await page(
        request,
        "moderation/appeal.html",
        status=422 if errors else 200,
        place=place,
        decision=found,
        body=await decisions.body(found),
        may_answer=policy.can_answer(place, found),
        form=form or Form({}, {}),
        errors=errors or {},
    )
