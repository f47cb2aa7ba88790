"""The two forms: to become a partner, and for another circle."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.applying import asking, reading, wishes
from quanzi.circles import directory, partners, policy
from quanzi.circles.partners import Counter
from quanzi.errors import Invalid, NotFound, Said
from quanzi.media import MOST_BYTES
from quanzi.media.incoming import discard, taken_in
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

OWN = "/me/applications"
MOST_BODY = MOST_BYTES + 1024 * 1024


@get("/apply/partner")
async def show_ask_for_partner(request: type_of_request) -> Response[bytes]:
    return await _partner_form(request, _fresh())


@post("/apply/partner", request_max_body_size=SMALL_FORM)
async def ask_for_partner(request: type_of_request) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id)
    form = await forms.read(request)
    try:
        await asking.ask_for_partner(viewer, await wishes.for_partner(form))
    except Invalid as wrong:
        return await _partner_form(request, form, status=422, errors=wrong.fields)
    return see(OWN)


@get("/partners/{partner:str}/apply/circle")
async def show_ask_for_circle(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    return await _circle_form(request, await _counter_to_ask(request, partner), _fresh())


@post("/partners/{partner:str}/apply/circle", request_max_body_size=MOST_BODY)
async def ask_for_circle(request: type_of_request, partner: FromPath[str]) -> Response[bytes]:
    here = await _counter_to_ask(request, partner)
    await limits.hold(limits.POSTING, here.member_id)
    form = await forms.read(request)
    try:
        wish = await wishes.for_circle(form)
        files = await forms.contents(form, "cover", most=MOST_BYTES)
        async with taken_in(files, field="cover", most=1) as taken:
            cover = taken[0].name if taken else ""
            _, again = await asking.ask_for_circle(here, wish, cover)
    except Invalid as wrong:
        return await _circle_form(request, here, form, status=422, errors=wrong.fields)
    if again and cover:
        await discard(cover)
    return see(OWN)


async def _partner_form(
    request: type_of_request,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    return await page(
        request,
        "applying/partner.html",
        status=status,
        waiting=await reading.waiting(viewer, "partner"),
        form=form,
        errors=errors or {},
    )


async def _circle_form(
    request: type_of_request,
    here: Counter,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    viewer = await sessions.viewer(request)
    return await page(
        request,
        "applying/circle.html",
        status=status,
        here=here,
        categories=await directory.categories(),
        waiting=await reading.waiting(viewer, "circle"),
        form=form,
        errors=errors or {},
    )


async def _counter_to_ask(request: type_of_request, partner: str) -> Counter:
    here = await partners.counter(partner, await sessions.viewer(request))
    if not policy.can_apply_for_circle(here):
        raise NotFound
    return here


def _fresh() -> Form:
    return Form({"idempotency_key": str(uuid.uuid4())}, {})
