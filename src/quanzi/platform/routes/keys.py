"""The settings of the open platform: a member's keys."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import Conflict, Invalid, Said
from quanzi.platform import keys as verbs
from quanzi.platform.scopes import SCOPES
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]
# Before a scope's name, on the form.
SCOPE = "scope_"


@get("/me/keys")
async def show_keys(request: type_of_request) -> Response[bytes]:
    return await _page(request)


@post("/me/keys", request_max_body_size=SMALL_FORM)
async def make_key(request: type_of_request) -> Response[bytes]:
    """The answer shows the secret, once: it is not to be had again."""
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    scopes = [name.removeprefix(SCOPE) for name in form.values if name.startswith(SCOPE)]
    try:
        secret = await verbs.make(viewer, form["name"], scopes, form.number("days") or 0)
    except Invalid as wrong:
        return await _page(request, status=422, form=form, errors=wrong.fields)
    except Conflict as refusal:
        return await _page(request, status=409, form=form, errors={"name": refusal.sentence})
    return await _page(request, secret=secret)


@post("/me/keys/{key_id:int}/end", request_max_body_size=SMALL_FORM)
async def end_key(request: type_of_request, key_id: FromPath[int]) -> Response[bytes]:
    await verbs.end(await sessions.viewer(request), key_id)
    return see("/me/keys")


async def _page(
    request: type_of_request,
    *,
    status: int = 200,
    secret: str = "",
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "platform/keys.html",
        status=status,
        keys=await verbs.own(await sessions.viewer(request)),
        scopes=SCOPES,
        lives=verbs.LIVES,
        secret=secret,
        form=form or Form({}, {}),
        errors=errors or {},
    )
