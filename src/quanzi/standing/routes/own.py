"""`/me/credit`: the statement; `/me/appeals`: what one has said against it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi import clock
from quanzi.credit import rulebook
from quanzi.credit.bands import BANDS, CEILING, FLOOR, START, band_of
from quanzi.credit.rules import NAMES
from quanzi.errors import Invalid, NotAllowed, Said
from quanzi.screening.categories import CATEGORIES
from quanzi.standing import appealing, policy, raising, statement
from quanzi.web import cursors, forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/credit")
async def show_credit(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    before = cursors.asked(request, "before")
    asked = request.query_params.get("kind", "")
    kind = asked if asked in statement.KINDS else ""
    account = await statement.account(viewer)
    book = await rulebook.current()
    found = await statement.entries(viewer, kind, before)
    shown, more = cursors.page(found, statement.PAGE, lambda each: (each.at, each.id))
    return await page(
        request,
        "standing/statement.html",
        account=account,
        band=band_of(account.score),
        bands=BANDS,
        floor=FLOOR,
        start=START,
        ceiling=CEILING,
        kind=kind,
        first=before is None,
        entries=shown,
        more=more,
        steps=raising.steps(account, book.rules, await statement.earned_today(viewer), clock.now()),
        ending=await statement.ending(viewer),
        rules=book.rules,
        names=NAMES,
        categories=CATEGORIES,
    )


@post("/me/credit/band", request_max_body_size=SMALL_FORM)
async def change_band(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await statement.show_band(viewer, shown=(await forms.read(request)).ticked("band_shown"))
    return see("/me/credit?saved#band")


@get("/me/credit/{entry_id:int}/appeal")
async def show_appeal_form(request: type_of_request, entry_id: FromPath[int]) -> Response[bytes]:
    return await _form(request, entry_id, Form({}, {}))


@post("/me/credit/{entry_id:int}/appeal", request_max_body_size=SMALL_FORM)
async def appeal_entry(request: type_of_request, entry_id: FromPath[int]) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await appealing.appeal(viewer, entry_id, form["words"])
    except Invalid as wrong:
        return await _form(request, entry_id, form, status=422, errors=wrong.fields)
    return see("/me/appeals")


@get("/me/appeals")
async def show_own_appeals(request: type_of_request) -> Response[bytes]:
    found = await appealing.own(await sessions.viewer(request), cursors.asked(request, "before"))
    shown, more = cursors.page(found, appealing.PAGE, appealing.key)
    return await page(
        request,
        "standing/own_appeals.html",
        appeals=shown,
        more=more,
    )


async def _form(
    request: type_of_request,
    entry_id: int,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    entry = await statement.entry(viewer.member_id, entry_id)
    if not policy.can_appeal(entry):
        raise NotAllowed
    return await page(
        request,
        "standing/appeal.html",
        status=status,
        entry=entry,
        form=form,
        errors=errors or {},
    )
