"""One planned post: when it comes out, who has to agree."""

from collections.abc import Awaitable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.db.engine import row
from quanzi.errors import Conflict, Invalid, NotFound, Said
from quanzi.planning import board, policy
from quanzi.posts import approving, reading, replanning
from quanzi.posts import policy as posts
from quanzi.posts.missing import WHY
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/manage/plan/p/{planned_id:int}")
async def show_planned(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_plan)
    return await _shown(request, place, planned_id)


@post("/c/{circle:str}/manage/plan/p/{planned_id:int}/time", request_max_body_size=SMALL_FORM)
async def set_time(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[bytes]:
    """Without a time it becomes a draft."""
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    try:
        at = forms.moment(form["publish_at"], "publish_at", place.circle.time_zone)
        if at is None:
            await replanning.keep(place, planned_id)
        else:
            await replanning.move(place, planned_id, at)
    except Invalid as wrong:
        return await _shown(request, place, planned_id, form=form, errors=wrong.fields)
    return _back(circle, form)


@post("/c/{circle:str}/manage/plan/p/{planned_id:int}/now", request_max_body_size=SMALL_FORM)
async def post_now(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    return await _done(request, place, planned_id, replanning.out_now(place, planned_id))


@post("/c/{circle:str}/manage/plan/p/{planned_id:int}/keep", request_max_body_size=SMALL_FORM)
async def keep_post(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    return await _done(request, place, planned_id, replanning.keep(place, planned_id))


@post("/c/{circle:str}/manage/plan/p/{planned_id:int}/approve", request_max_body_size=SMALL_FORM)
async def approve_post(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    deed = approving.approve(place, planned_id, form.number("version"))
    return await _done(request, place, planned_id, deed, form)


@post("/c/{circle:str}/manage/plan/p/{planned_id:int}/decline", request_max_body_size=SMALL_FORM)
async def decline_post(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_plan)
    form = await forms.read(request)
    deed = approving.decline(place, planned_id, form["note"])
    return await _done(request, place, planned_id, deed, form)


async def _done(
    request: type_of_request,
    place: Place,
    post_id: int,
    deed: Awaitable[Any],
    form: Form | None = None,
) -> Response[bytes]:
    given = form or await forms.read(request)
    try:
        await deed
    except Invalid as wrong:
        return await _shown(request, place, post_id, form=given, errors=wrong.fields)
    except Conflict as changed:
        return await _shown(request, place, post_id, status=409, said=changed.sentence)
    return _back(place.circle.slug, given)


def _back(circle: str, form: Form) -> Response[bytes]:
    return see(f"/c/{circle}/manage/plan?view={form['view']}&on={form['on']}")


async def _shown(
    request: type_of_request,
    place: Place,
    post_id: int,
    *,
    status: int = 422,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
    said: Said | None = None,
) -> Response[bytes]:
    found = await reading.one(place, post_id)
    known = await row(
        """select n.*, m.name as planner from plan n join member m on m.id = n.planned_by
           where n.circle_id = $1 and n.post_id = $2""",
        place.circle.id,
        post_id,
    )
    if known is None:
        raise NotFound
    return await page(
        request,
        "planning/one.html",
        status=status if errors or said else 200,
        place=place,
        post=found,
        plan=known,
        why=WHY.get(known["missed_why"]),
        may_move=posts.can_edit_post(place, found) and found.state != "published",
        best=(await board.of_circle(place, "week", "")).best,
        form=form or Form({}, {}),
        errors=errors or {},
        said=said,
        view=request.query_params.get("view", ""),
        on=request.query_params.get("on", ""),
    )
