"""What waits and what failed: all that falls due, and letters one by one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.admin import mail, policy, retrying, sampling, waiting
from quanzi.errors import Invalid, Said
from quanzi.mail import posting
from quanzi.mail.trying import Outcome
from quanzi.web import cursors, forms, i18n, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.health import registry
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/admin/jobs")
async def show_jobs(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_run)
    return await page(
        request,
        "admin/jobs.html",
        queues=await waiting.queues(),
        again=retrying.AGAIN,
        looks=sampling.looks(registry()),
        tried=forms.whole(request.query_params.get("tried", "")),
    )


@post("/admin/jobs/{queue:str}/retry", request_max_body_size=SMALL_FORM)
async def retry_jobs(request: type_of_request, queue: FromPath[str]) -> Response[bytes]:
    viewer = await let_in(request, policy.can_run)
    await limits.hold(limits.DEEDS, viewer.member_id)
    count = await retrying.retry(viewer, queue)
    return see(f"/admin/jobs?tried={count}")


@get("/admin/mail")
async def show_mail(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_run)
    return await _shown(request, Form({}, {}))


@post("/admin/mail", request_max_body_size=SMALL_FORM)
async def try_mail(request: type_of_request) -> Response[bytes]:
    """A letter to the address that was typed, now."""
    viewer = await let_in(request, policy.can_run)
    await limits.hold(limits.LETTERS_OF_MEMBER, viewer.member_id)
    form = await forms.read(request)
    try:
        tried = await mail.try_out(viewer, form["address"], i18n.language_of(request))
    except Invalid as wrong:
        return await _shown(request, form, status=422, errors=wrong.fields)
    return await _shown(request, form, tried=tried)


async def _shown(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    tried: Outcome | None = None,
) -> Response[bytes]:
    found = await mail.unsent(cursors.asked(request, "before"))
    shown, more = cursors.page(found, mail.PAGE, lambda each: (each.at, each.id))
    server = posting.server()
    return await page(
        request,
        "admin/mail.html",
        status=status,
        letters=shown,
        more=more,
        states=mail.STATES,
        server=f"{server.host}:{server.port}" if server else "",
        form=form,
        errors=errors or {},
        tried=tried,
    )
