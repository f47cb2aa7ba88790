"""Setting the site up. There is no such page once somebody has."""

from typing import Any

from litestar import Request, Response, get, post

from quanzi import clock
from quanzi.circles.categories import OFFERED
from quanzi.errors import Conflict, Invalid, NotFound, Said, said
from quanzi.founding import keeping, setting_up
from quanzi.founding.setting_up import Wish
from quanzi.identity import mailbox, passwords, sessions
from quanzi.mail import trying
from quanzi.mail.trying import Outcome
from quanzi.site import naming
from quanzi.web import forms, i18n, limits
from quanzi.web import sessions as kept_sessions
from quanzi.web.addresses import address_of
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.letters import drawn
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

WHY = "the first admin has no account yet; the code on the server's terminal says who they are"
DOOR: dict[str, Any] = {"open": WHY, "unfounded": True}
AFTER = "/admin"


@get("/setup", opt=DOOR)
async def show_set_up(request: type_of_request) -> Response[bytes]:
    """`?code=`: filled in already, as the server's terminal offers it."""
    await _still_open(request)
    chosen = {f"category_{slug}": "on" for slug, _, _ in OFFERED}
    return await _shown(
        request, Form({"code": request.query_params.get("code", "")[:40]} | chosen, {})
    )


@post("/setup", opt=DOOR, request_max_body_size=SMALL_FORM)
async def do_set_up(request: type_of_request) -> Response[bytes]:
    """`try`: only send a letter to the address, and say what became of it."""
    await _still_open(request)
    await limits.hold(limits.SETTING_UP, address_of(request))
    form = await forms.read(request)
    wish = _wish(form)
    language = i18n.language_of(request)
    try:
        if form["try"]:
            tried = await _try(form, wish, language)
            return await _shown(request, await _with_password(form), tried=tried)
        member_id = await setting_up.set_up(form["code"], wish, language)
    except Invalid as wrong:
        return await _shown(request, await _with_password(form), status=422, errors=wrong.fields)
    except Conflict as late:
        return await _shown(
            request, await _with_password(form), status=409, errors={"code": late.sentence}
        )
    token = await sessions.opened(member_id, request.headers.get("user-agent", ""))
    kept_sessions.forget(request)
    return see(AFTER, [kept_sessions.handed_out(token)])


async def _still_open(request: type_of_request) -> None:
    if not await request.app.state.founding.is_open():
        raise NotFound


async def _try(form: Form, wish: Wish, language: str) -> Outcome:
    """Raises Invalid; who has not the code sends no letters."""
    setting_up.check_code(form["code"])
    address = mailbox.checked(wish.address)
    await limits.hold(limits.LETTERS_TO_ADDRESS, address)
    letter = drawn(
        language,
        said("试一试：网站能寄信了"),
        [said("这是设置网站时寄出的试信。收到它，就说明邮件没有问题。")],
        name=wish.name or wish.handle or address,
    )
    return await trying.hand_in(address, language, letter, clock.now())


async def _with_password(form: Form) -> Form:
    """What is shown again, with something in the place of the password."""
    password = form["password"]
    kept = form["kept"] if keeping.opened(form["kept"]) else ""
    if passwords.is_long_enough(password):
        kept = keeping.sealed(await passwords.hashed(password))
    return Form(form.values | {"kept": kept if password or kept else ""}, {})


def _wish(form: Form) -> Wish:
    return Wish(
        handle=form["handle"],
        name=form["name"],
        password=form["password"],
        kept=form["kept"],
        address=form["address"],
        site_name=form["site_name"],
        categories=frozenset(slug for slug, _, _ in OFFERED if form.ticked(f"category_{slug}")),
    )


async def _shown(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    tried: Outcome | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "founding/set_up.html",
        status=status,
        form=form,
        errors=errors or {},
        tried=tried,
        offered=OFFERED,
        longest=naming.LONGEST,
    )
