"""What the site is called, and what is set where."""

from typing import Any

from litestar import Request, Response, get, post

from quanzi.admin import naming, policy, settled
from quanzi.errors import Invalid, Said
from quanzi.site import naming as site
from quanzi.web import forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/admin/settings")
async def show_settings(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_run)
    return await _shown(request, Form({"site_name": site.known()}, {}))


@post("/admin/settings", request_max_body_size=SMALL_FORM)
async def change_settings(request: type_of_request) -> Response[bytes]:
    viewer = await let_in(request, policy.can_run)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await naming.rename(viewer, form["site_name"])
    except Invalid as wrong:
        return await _shown(request, form, status=422, errors=wrong.fields)
    return see("/admin/settings")


async def _shown(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "admin/settings.html",
        status=status,
        form=form,
        errors=errors or {},
        settings=settled.in_force(),
        limits=settled.limits_in_force(),
        longest=site.LONGEST,
    )
