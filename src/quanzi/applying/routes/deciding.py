"""The platform's queue of applications. To everybody else there is no such page."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.applying import deciding, policy, reading
from quanzi.errors import Invalid, Said
from quanzi.identity.sessions import Viewer
from quanzi.web import cursors, forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

QUEUE = "/admin/applications"


@get("/admin/applications")
async def show_queue(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_see_queue)
    found = await reading.queue(cursors.asked(request, "after"))
    shown, more = cursors.page(found, reading.PAGE, lambda each: (each.created_at, each.id))
    return await page(
        request,
        "applying/queue.html",
        applications=shown,
        more=more,
    )


@get("/admin/applications/{application_id:int}")
async def show_application(
    request: type_of_request, application_id: FromPath[int]
) -> Response[bytes]:
    return await _shown(request, await let_in(request, policy.can_see_queue), application_id)


@post("/admin/applications/{application_id:int}/approve", request_max_body_size=SMALL_FORM)
async def approve_application(
    request: type_of_request, application_id: FromPath[int]
) -> Response[bytes]:
    viewer = await let_in(request, policy.can_see_queue)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await deciding.approve(viewer, application_id, slug=form["slug"], reason=form["reason"])
    except Invalid as wrong:
        return await _shown(
            request, viewer, application_id, status=422, form=form, errors=wrong.fields
        )
    return see(QUEUE)


@post("/admin/applications/{application_id:int}/refuse", request_max_body_size=SMALL_FORM)
async def refuse_application(
    request: type_of_request, application_id: FromPath[int]
) -> Response[bytes]:
    viewer = await let_in(request, policy.can_see_queue)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await deciding.refuse(viewer, application_id, reason=form["reason"])
    except Invalid as wrong:
        return await _shown(
            request, viewer, application_id, status=422, form=form, errors=wrong.fields
        )
    return see(QUEUE)


async def _shown(
    request: type_of_request,
    viewer: Viewer,
    application_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    application = await reading.one(viewer, application_id)
    return await page(
        request,
        "applying/application.html",
        status=status,
        application=application,
        may_decide=policy.can_decide(viewer, application),
        form=form or Form({"slug": application.slug}, {}),
        errors=errors or {},
    )
