"""Sign in, sign up, sign out."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from quanzi.errors import Invalid
from quanzi.identity import leaving, signing_in, signing_up
from quanzi.identity.signing_in import Leaving, Suspended
from quanzi.web import forms, limits, sessions
from quanzi.web.addresses import address_of
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

EMPTY = Form({}, {})


@get("/signin", opt={"open": "people sign in here before anybody knows them"})
async def show_sign_in(request: type_of_request) -> Response[bytes]:
    wish = Form({"next": request.query_params.get("next", "")}, {})
    return await page(request, "identity/sign_in.html", form=wish, errors={})


@post(
    "/signin",
    opt={"open": "people sign in here before anybody knows them"},
    request_max_body_size=SMALL_FORM,
)
async def do_sign_in(request: type_of_request) -> Response[bytes]:
    form = await forms.read(request)
    await limits.hold(limits.SIGN_IN_ADDRESS, address_of(request))
    await limits.hold(limits.SIGN_IN_ACCOUNT, form["handle"].strip().lower())
    try:
        token = await signing_in.sign_in(form["handle"], form["password"], _agent(request))
    except Invalid as wrong:
        return await page(
            request, "identity/sign_in.html", status=422, form=form, errors=wrong.fields
        )
    except Suspended as out:
        return await page(request, "identity/suspended.html", status=403, proof=out.proof)
    except Leaving as back:
        return await page(
            request, "identity/keep.html", due_at=back.due_at, answer=back.answer, next=form["next"]
        )
    return _welcome(request, token, form["next"])


@post(
    "/signin/keep",
    opt={"open": "who asked to be erased signs in to stay, and has no session yet"},
    request_max_body_size=SMALL_FORM,
)
async def keep_account(request: type_of_request) -> Response[bytes]:
    form = await forms.read(request)
    await limits.hold(limits.SIGN_IN_ADDRESS, address_of(request))
    token = await leaving.keep(form["answer"], _agent(request))
    return _welcome(request, token, form["next"])


@get("/signup", opt={"open": "people become members here"})
async def show_sign_up(request: type_of_request) -> Response[bytes]:
    wish = Form({"next": request.query_params.get("next", "")}, {})
    return await page(request, "identity/sign_up.html", form=wish, errors={})


@post("/signup", opt={"open": "people become members here"}, request_max_body_size=SMALL_FORM)
async def do_sign_up(request: type_of_request) -> Response[bytes]:
    form = await forms.read(request)
    await limits.hold(limits.SIGN_UP_ADDRESS, address_of(request))
    try:
        await signing_up.sign_up(form["handle"], form["name"], form["password"])
        token = await signing_in.sign_in(form["handle"], form["password"], _agent(request))
    except Invalid as wrong:
        return await page(
            request, "identity/sign_up.html", status=422, form=form, errors=wrong.fields
        )
    return _welcome(request, token, form["next"])


@post("/signout", request_max_body_size=SMALL_FORM)
async def do_sign_out(request: type_of_request) -> Response[bytes]:
    await signing_in.sign_out(await sessions.viewer(request))
    sessions.forget(request)
    answer = see("/", [sessions.taken_back()])
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def _welcome(request: type_of_request, token: str, wish: str) -> Response[bytes]:
    # The session that was there before, planted or not, is left behind with its cookie.
    sessions.forget(request)
    cookies: list[Cookie] = [sessions.handed_out(token)]
    return see(forms.local(wish), cookies)


def _agent(request: type_of_request) -> str:
    return request.headers.get("user-agent", "")
