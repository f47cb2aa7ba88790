"""One case: what it is about, who says so, what came before; taking it up, deciding, a second look."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said
from quanzi.moderation import cases, claiming, deciding, decisions, policy, ruling, second_look
from quanzi.posts import pictures
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]
CASE = "/c/{circle:str}/manage/review/{case_id:int}"


@get(CASE)
async def show_case(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[bytes]:
    return await _shown(request, await place_at_desk(request, circle, policy.can_review), case_id)


@post(f"{CASE}/claim", request_max_body_size=SMALL_FORM)
async def claim_case(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[bytes]:
    place = await _for_deed(request, circle)
    try:
        await claiming.claim(place, case_id)
    except Conflict as taken:
        return await _shown(request, place, case_id, status=409, taken=taken.sentence)
    return see(f"/c/{circle}/manage/review/{case_id}")


@post(f"{CASE}/let-go", request_max_body_size=SMALL_FORM)
async def let_case_go(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[bytes]:
    place = await _for_deed(request, circle)
    await claiming.let_go(place, case_id)
    return see(f"/c/{circle}/manage/review")


@post(CASE, request_max_body_size=SMALL_FORM)
async def decide_case(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[bytes]:
    place = await _for_deed(request, circle)
    form = await forms.read(request)
    try:
        await deciding.decide(place, case_id, ruled(place, form), form["seen"])
    except Invalid as wrong:
        return await _shown(request, place, case_id, status=422, form=form, errors=wrong.fields)
    except Conflict as taken:
        return await _shown(request, place, case_id, status=409, form=form, taken=taken.sentence)
    return see(f"/c/{circle}/manage/review")


@post(f"{CASE}/second", request_max_body_size=SMALL_FORM)
async def look_again(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[bytes]:
    """`confirm`: 'yes', or anything else to leave it at what has been done."""
    place = await _for_deed(request, circle)
    form = await forms.read(request)
    await second_look.look(place, case_id, confirm=form["confirm"] == "yes")
    return see(f"/c/{circle}/manage/review")


def ruled(place: Place, form: Form) -> ruling.Ruling:
    """Raises Invalid."""
    return ruling.read(
        place,
        category=form["category"],
        action=form["action"],
        measure=form["measure"],
        days=form["days"],
        credit=form.ticked("credit"),
        reason=form["reason"],
        pictures=form.ticked("pictures"),
    )


async def _for_deed(request: type_of_request, circle: str) -> Place:
    return await place_for_deed(request, circle, policy.can_review)


async def _shown(
    request: type_of_request,
    place: Place,
    case_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
    taken: Said | None = None,
) -> Response[bytes]:
    case = await cases.one(place, case_id)
    found = await cases.findings(case)
    scope = None if place.platform_role else place.circle.id
    return await page(
        request,
        "moderation/case.html",
        status=status,
        place=place,
        case=case,
        findings=found,
        reports=await cases.reports(case),
        pictures=[] if case.comment_id else await pictures.described(case.circle_id, case.post_id),
        decided=await decisions.of_case(case.circle_id, case.id),
        before=await decisions.against(case.author_id, scope),
        form=form or Form({"category": case.category, "credit": "on"}, {}),
        errors=errors or {},
        taken=taken,
    )
