"""`/me/settings`: who I am to others; `/me/settings/account`: my address and my password."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import Invalid, Said
from quanzi.identity import changing_password, mailbox, oneself
from quanzi.web import forms, i18n, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "a letter is often read where one is not signed in; the address proves itself"}


@get("/me/settings")
async def show_settings(request: type_of_request) -> Response[bytes]:
    me = await oneself.of(await sessions.viewer(request))
    form = Form({"name": me.name, "intro": me.intro}, {})
    return await page(request, "identity/settings.html", form=form, errors={})


@post("/me/settings", request_max_body_size=SMALL_FORM)
async def change_settings(request: type_of_request) -> Response[bytes]:
    form = await forms.read(request)
    try:
        await oneself.change(await sessions.viewer(request), form["name"], form["intro"])
    except Invalid as wrong:
        return await page(
            request, "identity/settings.html", status=422, form=form, errors=wrong.fields
        )
    sessions.forget_all()
    return see("/me/settings?saved")


@get("/me/settings/account")
async def show_account(request: type_of_request) -> Response[bytes]:
    return await _account_page(request)


@post("/me/settings/address", request_max_body_size=SMALL_FORM)
async def wish_address(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    form = await forms.read(request)
    try:
        address = mailbox.checked(form["address"])
        await limits.hold(limits.LETTERS_OF_MEMBER, viewer.member_id)
        await limits.hold(limits.LETTERS_TO_ADDRESS, address.lower())
        await mailbox.wish(viewer, address, i18n.language_of(request))
    except Invalid as wrong:
        return await _account_page(request, status=422, form=form, errors=wrong.fields)
    return see("/me/settings/account?sent")


@post("/me/settings/address/forget", request_max_body_size=SMALL_FORM)
async def forget_address(request: type_of_request) -> Response[bytes]:
    await mailbox.forget(await sessions.viewer(request))
    return see("/me/settings/account?saved")


@post("/me/settings/password", request_max_body_size=SMALL_FORM)
async def change_password(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.PASSWORD_CHANGE, viewer.member_id)
    form = await forms.read(request)
    try:
        await changing_password.change(viewer, form["old"], form["new"])
    except Invalid as wrong:
        return await _account_page(request, status=422, errors=wrong.fields)
    sessions.forget_all()
    return see("/me/settings/account?changed")


@get("/confirm/{token:str}", opt=OPEN)
async def show_confirm(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    """Looking changes nothing: programs look at every link in a letter."""
    handle, address = await mailbox.wished(token)
    return await page(
        request, "identity/confirm.html", token=token, handle=handle, address=address, done=False
    )


@post("/confirm/{token:str}", opt=OPEN, request_max_body_size=SMALL_FORM)
async def confirm(request: type_of_request, token: FromPath[str]) -> Response[bytes]:
    handle, address = await mailbox.wished(token)
    await mailbox.confirm(token, i18n.language_of(request))
    return await page(
        request, "identity/confirm.html", token=token, handle=handle, address=address, done=True
    )


async def _account_page(
    request: type_of_request,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    return await page(
        request,
        "identity/account.html",
        status=status,
        box=await mailbox.of(viewer.member_id),
        has_password=await changing_password.has_chosen(viewer),
        form=form or Form({}, {}),
        errors=errors or {},
    )
