"""Members: found, looked at, kept out, given a rank."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.admin import people, policy
from quanzi.errors import Invalid, Said
from quanzi.identity.sessions import Viewer
from quanzi.web import forms, limits
from quanzi.web.doors import let_in
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

LONGEST_TYPED = 100


@get("/admin/people")
async def show_people(request: type_of_request) -> Response[bytes]:
    """`?q=`: called something like it; `?before=`: who came before that one."""
    await let_in(request, policy.can_run)
    typed = request.query_params.get("q", "").strip()[:LONGEST_TYPED]
    if typed:
        shown, more = await people.called(typed), None
    else:
        found = await people.newest(forms.whole(request.query_params.get("before", "")))
        shown = found[: people.PAGE]
        more = shown[-1]["id"] if len(found) > len(shown) else None
    return await page(
        request, "admin/people.html", people=shown, more=more, q=typed, ranks=people.RANKS
    )


@get("/admin/people/{handle:str}")
async def show_person(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    viewer = await let_in(request, policy.can_run)
    return await _shown(request, viewer, handle)


@post("/admin/people/{handle:str}/suspend", request_max_body_size=SMALL_FORM)
async def suspend_person(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    async def deed(viewer: Viewer, form: Form) -> None:
        await people.suspend(viewer, handle, form.number("days"), form["reason"])

    return await _done(request, handle, deed)


@post("/admin/people/{handle:str}/let-in", request_max_body_size=SMALL_FORM)
async def let_person_in(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    async def deed(viewer: Viewer, form: Form) -> None:
        await people.let_in(viewer, handle, form["reason"])

    return await _done(request, handle, deed)


@post("/admin/people/{handle:str}/rank", request_max_body_size=SMALL_FORM)
async def rank_person(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    async def deed(viewer: Viewer, form: Form) -> None:
        await people.rank(viewer, handle, form["rank"])

    return await _done(request, handle, deed)


async def _done(
    request: type_of_request, handle: str, deed: Callable[[Viewer, Form], Awaitable[None]]
) -> Response[bytes]:
    viewer = await let_in(request, policy.can_run)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await deed(viewer, form)
    except Invalid as wrong:
        return await _shown(request, viewer, handle, status=422, form=form, errors=wrong.fields)
    return see(f"/admin/people/{handle}")


async def _shown(
    request: type_of_request,
    viewer: Viewer,
    handle: str,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    person = await people.one(handle)
    return await page(
        request,
        "admin/person.html",
        status=status,
        person=person,
        may_change=policy.can_change(viewer, person),
        ranks=people.RANKS,
        days=people.DAYS,
        form=form or Form({"rank": person.platform_role}, {}),
        errors=errors or {},
    )
