"""The platform's queue of documents. To everybody else there is no such page."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import Conflict, Invalid, Said
from quanzi.identity.sessions import Viewer
from quanzi.verification import deciding, policy, reading
from quanzi.verification.deciding import Documents
from quanzi.web import cursors, forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

QUEUE = "/admin/verifications"


@get("/admin/verifications")
async def show_requests(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_see_queue)
    found = await reading.queue(cursors.asked(request, "after"))
    shown, more = cursors.page(found, reading.PAGE, lambda each: (each.created_at, each.id))
    return await page(
        request,
        "verification/queue.html",
        requests=shown,
        more=more,
    )


@get("/admin/verifications/{request_id:int}")
async def show_request(request: type_of_request, request_id: FromPath[int]) -> Response[bytes]:
    return await _shown(request, await let_in(request, policy.can_see_queue), request_id)


@post("/admin/verifications/{request_id:int}/look", request_max_body_size=SMALL_FORM)
async def look_at_documents(request: type_of_request, request_id: FromPath[int]) -> Response[bytes]:
    """A POST, since it is written down: who looks, and why."""
    viewer = await let_in(request, policy.can_see_queue)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        documents = await deciding.look(viewer, request_id, form["why"])
    except Invalid as wrong:
        return await _shown(request, viewer, request_id, status=422, form=form, errors=wrong.fields)
    return await _shown(request, viewer, request_id, documents=documents)


@post("/admin/verifications/{request_id:int}", request_max_body_size=SMALL_FORM)
async def decide_request(request: type_of_request, request_id: FromPath[int]) -> Response[bytes]:
    """`approve`: 'yes', or anything else to refuse with `reason`."""
    viewer = await let_in(request, policy.can_see_queue)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        if form["approve"] == "yes":
            await deciding.approve(viewer, request_id)
        else:
            await deciding.refuse(viewer, request_id, form["reason"])
    except Invalid as wrong:
        return await _shown(request, viewer, request_id, status=422, form=form, errors=wrong.fields)
    except Conflict as taken:
        return await _shown(
            request, viewer, request_id, status=409, errors={"reason": taken.sentence}
        )
    return see(QUEUE)


async def _shown(
    request: type_of_request,
    viewer: Viewer,
    request_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
    documents: Documents | None = None,
) -> Response[bytes]:
    found = await reading.one(request_id)
    return await page(
        request,
        "verification/request.html",
        status=status,
        wish=found,
        documents=documents,
        may_decide=policy.can_decide(viewer, found.member_id),
        form=form or Form({}, {}),
        errors=errors or {},
    )
