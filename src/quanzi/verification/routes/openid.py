"""To the provider and back. What the browser carries on the way is signed and bound to it.

The address that the provider leads back to is asked for with GET and changes nothing: it shows who
they are there, and a form that goes on.
"""

import hmac
import secrets
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from quanzi.errors import Conflict, Invalid, NotFound, Said
from quanzi.identity import consenting
from quanzi.identity.sessions import Viewer
from quanzi.settings import OpenId, settings
from quanzi.verification import linking, openid, tickets
from quanzi.verification.linking import Stranger
from quanzi.verification.openid import NotToldBy
from quanzi.web import forms, limits, sessions
from quanzi.web.addresses import address_of
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "people sign in here before anybody knows them"}
PURPOSES = {"signin", "link", "verify"}


@get("/signin/openid", opt=OPEN)
async def go_to_provider(request: type_of_request) -> Response[bytes]:
    """`?next=`; `?for=link`, `?for=verify`: a member who wants to sign in or be verified by it."""
    open_id = _provider()
    await limits.hold(limits.SIGN_IN_ADDRESS, address_of(request))
    asked = request.query_params.get("for", "signin")
    carried = {
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48),
        "next": forms.local(request.query_params.get("next", "")),
        "for": asked if asked in PURPOSES else "signin",
    }
    address = await openid.address(
        open_id,
        _back(request),
        state=carried["state"],
        nonce=carried["nonce"],
        verifier=carried["verifier"],
    )
    return see(address, [_cookie(tickets.written("way", carried))])


@get("/signin/openid/back", opt=OPEN)
async def come_back(request: type_of_request) -> Response[bytes]:
    """Raises NotToldBy for whatever does not belong to a way that began in this browser."""
    open_id = _provider()
    await limits.hold(limits.SIGN_IN_ADDRESS, address_of(request))
    carried = _carried(request)
    given = request.query_params
    if not hmac.compare_digest(given.get("state", "").encode(), carried["state"].encode()):
        raise NotToldBy
    if given.get("iss", open_id.issuer) != open_id.issuer or not given.get("code"):
        raise NotToldBy
    told = await openid.told(
        open_id,
        _back(request),
        code=given["code"],
        nonce=carried["nonce"],
        verifier=carried["verifier"],
    )
    stranger = linking.known(told)
    ticket = tickets.written("stranger", {**asdict(stranger), "state": carried["state"]})
    return await _shown(request, stranger, Form({"ticket": ticket}, {}), carried)


@post("/signin/openid/go-on", opt=OPEN, request_max_body_size=SMALL_FORM)
async def go_on(request: type_of_request) -> Response[bytes]:
    """`ticket`: as it was given out; `handle`: for who has no account yet; `agreed`: to be verified."""
    _provider()
    form = await forms.read(request)
    carried = _carried(request)
    held = tickets.read("stranger", form["ticket"])
    if held is None or not hmac.compare_digest(
        held.pop("state").encode(), carried["state"].encode()
    ):
        raise NotToldBy
    held.pop("until")
    stranger = Stranger(**held)
    try:
        return await _went_on(request, stranger, form, carried)
    except (Invalid, Conflict) as wrong:
        errors = wrong.fields if isinstance(wrong, Invalid) else {"handle": wrong.sentence}
        return await _shown(request, stranger, form, carried, status=422, errors=errors)


@post("/me/verification/openid", request_max_body_size=SMALL_FORM)
async def agree_to_openid(request: type_of_request) -> Response[bytes]:
    """Consent first. The page then leads on by a link: forms may not lead to other sites."""
    viewer: Viewer = await sessions.viewer(request)
    form = await forms.read(request)
    if form.ticked("agreed"):
        await consenting.agree(viewer.member_id, consenting.IDENTITY, consenting.VERSION)
    back = forms.local(form["next"]) if form["next"] else ""
    return see(f"/me/verification?openid&next={quote(back)}" if back else "/me/verification?openid")


@post("/me/verification/openid/unlink", request_max_body_size=SMALL_FORM)
async def unlink_openid(request: type_of_request) -> Response[bytes]:
    await linking.unlink(await sessions.viewer(request))
    return see("/me/verification#openid")


async def _went_on(
    request: type_of_request, stranger: Stranger, form: Form, carried: dict[str, Any]
) -> Response[bytes]:
    viewer: Viewer | None = await sessions.viewer(request)
    if carried["for"] != "signin" and viewer is not None:
        await linking.link(viewer, stranger)
        if carried["for"] == "verify":
            await linking.verify(viewer.member_id, stranger)
            sessions.forget_all()
        return see(f"/me/verification?next={quote(carried['next'])}", [_taken_back()])
    agent = request.headers.get("user-agent", "")
    token = await linking.sign_in(stranger, agent)
    if token is None:
        await limits.hold(limits.SIGN_UP_ADDRESS, address_of(request))
        token = await linking.sign_up(stranger, form["handle"], agent)
    # The session that was there before, planted or not, is left behind with its cookie.
    sessions.forget(request)
    return see(carried["next"], [sessions.handed_out(token), _taken_back()])


async def _shown(
    request: type_of_request,
    stranger: Stranger,
    form: Form,
    carried: dict[str, Any],
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    known = await linking.member_of(stranger)
    return await page(
        request,
        "verification/go_on.html",
        status=status,
        stranger=stranger,
        known=known[1] if known else "",
        wants=carried["for"] if await sessions.viewer(request) is not None else "signin",
        form=form,
        errors=errors or {},
    )


def _provider() -> OpenId:
    found = openid.provider()
    if found is None:
        raise NotFound
    return found


def _carried(request: type_of_request) -> dict[str, Any]:
    found = tickets.read("way", request.cookies.get(_cookie_name(), ""))
    if found is None:
        raise NotToldBy
    return found


def _back(request: type_of_request) -> str:
    """The very address that the provider knows us by."""
    base = settings().url or str(request.base_url).rstrip("/")
    return f"{base}/signin/openid/back"


def _cookie_name() -> str:
    return "__Host-quanzi-way" if settings().secure else "quanzi-way"


def _cookie(value: str) -> Cookie:
    return Cookie(
        _cookie_name(),
        value=value,
        path="/",
        httponly=True,
        secure=settings().secure,
        samesite="lax",
        max_age=tickets.SECONDS,
    )


def _taken_back() -> Cookie:
    made = _cookie("")
    made.max_age = 0
    return made
