"""A member's apps, and the apps of others that they let act for them."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.errors import Conflict, Invalid, Said
from quanzi.platform import allowing
from quanzi.platform import apps as verbs
from quanzi.platform.apps import Wish
from quanzi.platform.routes.keys import SCOPE
from quanzi.platform.scopes import SCOPES
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

ONE = "/me/apps/{app_id:int}"


@get("/me/apps")
async def show_apps(request: type_of_request) -> Response[bytes]:
    return await _page(request)


@post("/me/apps", request_max_body_size=SMALL_FORM)
async def register_app(request: type_of_request) -> Response[bytes]:
    """The answer shows the secret, once: it is not to be had again."""
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    wish = Wish(form["name"], form["redirects"], _scopes(form), form["kind"] != "public")
    try:
        made = await verbs.register(viewer, wish, key=once.key_of(form["idempotency_key"]))
    except Invalid as wrong:
        return await _page(request, status=422, form=form, errors=wrong.fields)
    except Conflict as refusal:
        return await _page(request, status=409, form=form, errors={"name": refusal.sentence})
    return await _page(request, secret=made.secret, shown=made.app_id)


@post(ONE, request_max_body_size=SMALL_FORM)
async def change_app(request: type_of_request, app_id: FromPath[int]) -> Response[bytes]:
    """`redirects`, one to a line, and the scopes that are ticked."""
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await verbs.change(viewer, app_id, form["redirects"], _scopes(form))
    except Invalid as wrong:
        return await _page(request, status=422, changing=app_id, change=form, errors=wrong.fields)
    return see("/me/apps#apps")


@post(f"{ONE}/secret", request_max_body_size=SMALL_FORM)
async def rotate_secret(request: type_of_request, app_id: FromPath[int]) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    return await _page(request, secret=await verbs.rotate(viewer, app_id), shown=app_id)


@post(f"{ONE}/delete", request_max_body_size=SMALL_FORM)
async def delete_app(request: type_of_request, app_id: FromPath[int]) -> Response[bytes]:
    await verbs.delete(await sessions.viewer(request), app_id)
    return see("/me/apps")


@post(f"{ONE}/revoke", request_max_body_size=SMALL_FORM)
async def take_back(request: type_of_request, app_id: FromPath[int]) -> Response[bytes]:
    await allowing.take_back(await sessions.viewer(request), app_id)
    return see("/me/apps")


def _scopes(form: Form) -> list[str]:
    return [name.removeprefix(SCOPE) for name in form.values if name.startswith(SCOPE)]


async def _page(
    request: type_of_request,
    *,
    status: int = 200,
    secret: str = "",
    shown: int = 0,
    form: Form | None = None,
    changing: int = 0,
    change: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """`shown`: the app that was just made or given another secret. `changing`: the one that `change` is
    a form for, which was refused.
    """
    viewer = await sessions.viewer(request)
    mine = await verbs.own(viewer)
    return await page(
        request,
        "platform/apps.html",
        status=status,
        apps=mine,
        allowed=await allowing.allowed(viewer),
        shown=next((each for each in mine if each["id"] == shown), None),
        secret=secret,
        scopes=SCOPES,
        form=form or Form({"idempotency_key": str(uuid.uuid4())}, {}),
        changing=changing,
        change=change,
        errors=errors or {},
    )
