"""One service, with the form to ask for it."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.errors import Invalid, Said
from quanzi.offering import reading, requesting
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "visitors see what a public circle offers to everybody; hidden ones are not found"}


@get("/c/{circle:str}/services/{service_id:int}", opt=OPEN)
async def show_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    return await _page(request, place, service_id)


@post("/c/{circle:str}/services/{service_id:int}/requests", request_max_body_size=SMALL_FORM)
async def request_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    await limits.hold(limits.REQUESTING, place.member_id)
    form = await forms.read(request)
    try:
        request_id = await requesting.request(
            place,
            service_id,
            form.values,
            version=form.number("version") or 0,
            key=once.key_of(form["idempotency_key"]),
        )
    except Invalid as wrong:
        return await _page(request, place, service_id, form, wrong.fields)
    return see(f"/me/requests/{request_id}?outcome=sent")


async def _page(
    request: type_of_request,
    place: Place,
    service_id: int,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    service = await reading.one(place, service_id)
    return await page(
        request,
        "offering/service.html",
        status=422 if errors else 200,
        place=place,
        service=service,
        form=form or Form({"idempotency_key": str(uuid.uuid4())}, {}),
        errors=errors or {},
    )
