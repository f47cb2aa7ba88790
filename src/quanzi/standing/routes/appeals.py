"""The platform's queue of appeals. To everybody else there is no such page."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import Invalid, Said
from quanzi.identity.sessions import Viewer
from quanzi.standing import appealing, policy, statement
from quanzi.web import cursors, forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/admin/credit/appeals")
async def show_appeals(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_see_appeals)
    found = await appealing.queue(cursors.asked(request, "after"))
    shown, more = cursors.page(found, appealing.PAGE, appealing.key)
    return await page(
        request,
        "standing/appeals.html",
        appeals=shown,
        more=more,
    )


@get("/admin/credit/appeals/{appeal_id:int}")
async def show_appeal(request: type_of_request, appeal_id: FromPath[int]) -> Response[bytes]:
    return await _shown(request, await let_in(request, policy.can_see_appeals), appeal_id)


@post("/admin/credit/appeals/{appeal_id:int}", request_max_body_size=SMALL_FORM)
async def decide_appeal(request: type_of_request, appeal_id: FromPath[int]) -> Response[bytes]:
    """`overturn`: 'yes' for the member, anything else against them."""
    viewer = await let_in(request, policy.can_see_appeals)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await appealing.decide(
            viewer, appeal_id, overturn=form["overturn"] == "yes", reason=form["reason"]
        )
    except Invalid as wrong:
        return await _shown(request, viewer, appeal_id, status=422, form=form, errors=wrong.fields)
    return see("/admin/credit/appeals")


async def _shown(
    request: type_of_request,
    viewer: Viewer,
    appeal_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    appeal = await appealing.one(appeal_id)
    return await page(
        request,
        "standing/decide.html",
        status=status,
        appeal=appeal,
        entry=await statement.entry(appeal.member_id, appeal.entry_id),
        may_decide=policy.can_decide(viewer, appeal.member_id),
        form=form or Form({}, {}),
        errors=errors or {},
    )
