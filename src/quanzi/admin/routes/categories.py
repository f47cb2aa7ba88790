"""What circles are sorted by."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.admin import policy
from quanzi.circles import categories
from quanzi.errors import Invalid, Said
from quanzi.web import forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/admin/categories"


@get("/admin/categories")
async def show_categories(request: type_of_request) -> Response[bytes]:
    await let_in(request, policy.can_run)
    return await _shown(request)


@post("/admin/categories", request_max_body_size=SMALL_FORM)
async def add_category(request: type_of_request) -> Response[bytes]:
    viewer = await let_in(request, policy.can_run)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await categories.add(viewer.member_id, form["slug"], form["name"], form["name_en"])
    except Invalid as wrong:
        return await _shown(request, status=422, form=form, errors=wrong.fields)
    return see(HERE)


@post("/admin/categories/{slug:str}", request_max_body_size=SMALL_FORM)
async def change_category(request: type_of_request, slug: FromPath[str]) -> Response[bytes]:
    """`move`: 'up' or 'down'; `retire`: 'yes' or 'no'; otherwise its names."""
    viewer = await let_in(request, policy.can_run)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    by = viewer.member_id
    try:
        if form["move"]:
            await categories.move(by, slug, up=form["move"] == "up")
        elif form["retire"]:
            await categories.retire(by, slug, retired=form["retire"] == "yes")
        else:
            await categories.word(by, slug, form["name"], form["name_en"])
    except Invalid as wrong:
        return await _shown(request, status=422, of=slug, form=form, errors=wrong.fields)
    return see(f"{HERE}#{slug}")


async def _shown(
    request: type_of_request,
    *,
    status: int = 200,
    of: str = "",
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """`of`: whose fields were wrong; '' those of a new one."""
    return await page(
        request,
        "admin/categories.html",
        status=status,
        categories=await categories.all_of_them(),
        of=of,
        form=form or Form({}, {}),
        errors=errors or {},
    )
