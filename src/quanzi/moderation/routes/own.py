"""What was decided about what I wrote, and saying that it was wrong."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import Invalid, Said
from quanzi.moderation import appealing, decisions, policy
from quanzi.web import cursors, forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/decisions")
async def show_own(request: type_of_request) -> Response[bytes]:
    found = await decisions.own(await sessions.viewer(request), cursors.asked(request, "before"))
    shown, more = cursors.page(found, decisions.PAGE, lambda each: each.key)
    return await page(request, "moderation/decisions.html", decisions=shown, more=more)


@get("/me/decisions/{decision_id:int}")
async def show_own_one(request: type_of_request, decision_id: FromPath[int]) -> Response[bytes]:
    return await _shown(request, decision_id)


@post("/me/decisions/{decision_id:int}", request_max_body_size=SMALL_FORM)
async def appeal_own(request: type_of_request, decision_id: FromPath[int]) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await appealing.appeal(viewer, decision_id, form["words"])
    except Invalid as wrong:
        return await _shown(request, decision_id, form, wrong.fields)
    return see(f"/me/decisions/{decision_id}")


async def _shown(
    request: type_of_request,
    decision_id: int,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    found = await decisions.own_one(viewer, decision_id)
    return await page(
        request,
        "moderation/decision.html",
        status=422 if errors else 200,
        decision=found,
        may_appeal=policy.can_appeal(viewer, found),
        proof="",
        form=form or Form({}, {}),
        errors=errors or {},
    )
