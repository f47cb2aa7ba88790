"""`/me/verification`: where it stands, asking for it, taking it back."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post

from quanzi.errors import Invalid, Said
from quanzi.identity import consenting
from quanzi.media import MOST_BYTES
from quanzi.settings import settings
from quanzi.verification import asking, linking, numbers, pictures, reading
from quanzi.verification.asking import Wish
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

MOST_BODY = pictures.MOST * MOST_BYTES + 1024 * 1024


@get("/me/verification")
async def show_verification(request: type_of_request) -> Response[bytes]:
    """`?next=`: where they were when they were told that they lack it."""
    return await _shown(request, Form({"next": request.query_params.get("next", "")}, {}))


@post("/me/verification", request_max_body_size=MOST_BODY)
async def ask_for_verification(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        wish = Wish(form["kind"], form["name"], form["number"], form["born"], form.ticked("agreed"))
        files = await forms.contents(form, "pictures", most=MOST_BYTES)
        await asking.ask(viewer, wish, files)
    except Invalid as wrong:
        return await _shown(request, form, status=422, errors=wrong.fields)
    back = forms.local(form["next"])
    return see(f"/me/verification?next={quote(back)}" if form["next"] else "/me/verification")


@post("/me/verification/withdraw", request_max_body_size=SMALL_FORM)
async def withdraw_verification(request: type_of_request) -> Response[bytes]:
    await asking.withdraw(await sessions.viewer(request))
    sessions.forget_all()
    return see("/me/verification")


async def _shown(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    back = forms.local(form["next"]) if form["next"] else ""
    viewer = await sessions.viewer(request)
    return await page(
        request,
        "verification/own.html",
        status=status,
        state=await reading.of(viewer),
        agreed=await consenting.has_agreed(
            viewer.member_id, consenting.IDENTITY, consenting.VERSION
        ),
        kinds=numbers.KINDS,
        version=consenting.VERSION,
        keeps=settings().keeps_identity,
        linked=await linking.linked_since(viewer),
        back=back,
        form=form,
        errors=errors or {},
    )
