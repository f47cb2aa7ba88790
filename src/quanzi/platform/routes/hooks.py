"""Webhooks at the desk: addresses that hear what happens in the circle, and what was sent to them."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Conflict, Invalid, Said
from quanzi.platform import hooked, policy
from quanzi.platform import hooks as verbs
from quanzi.web import cursors, forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/webhooks"
ONE = HERE + "/{webhook_id:int}"


@get(HERE)
async def show_hooks(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _all(request, await place_at_desk(request, circle, policy.can_hook))


@post(HERE, request_max_body_size=SMALL_FORM)
async def add_hook(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """The answer shows the secret, once."""
    place = await place_for_deed(request, circle, policy.can_hook)
    form = await forms.read(request)
    try:
        key = once.key_of(form["idempotency_key"])
        webhook_id = await verbs.add(place, form["url"], key=key)
    except Invalid as wrong:
        return await _all(request, place, form, wrong.fields, status=422)
    except Conflict as refusal:
        return await _all(request, place, form, {"url": refusal.sentence}, status=409)
    secret = await verbs.secret_of(place, webhook_id)
    return await _one(request, place, webhook_id, secret=secret)


@get(ONE)
async def show_hook(
    request: type_of_request, circle: FromPath[str], webhook_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_hook)
    return await _one(request, place, webhook_id)


@post(f"{ONE}/rotate", request_max_body_size=SMALL_FORM)
async def rotate_secret(
    request: type_of_request, circle: FromPath[str], webhook_id: FromPath[int]
) -> Response[bytes]:
    """The answer shows the new secret, once."""
    place = await place_for_deed(request, circle, policy.can_hook)
    form = await forms.read(request)
    await verbs.rotate(place, webhook_id, key=once.key_of(form["idempotency_key"]))
    return await _one(request, place, webhook_id, secret=await verbs.secret_of(place, webhook_id))


@post(f"{ONE}/pause", request_max_body_size=SMALL_FORM)
async def pause_hook(
    request: type_of_request, circle: FromPath[str], webhook_id: FromPath[int]
) -> Response[bytes]:
    return await _done(request, circle, webhook_id, verbs.pause)


@post(f"{ONE}/resume", request_max_body_size=SMALL_FORM)
async def resume_hook(
    request: type_of_request, circle: FromPath[str], webhook_id: FromPath[int]
) -> Response[bytes]:
    return await _done(request, circle, webhook_id, verbs.resume)


@post(f"{ONE}/test", request_max_body_size=SMALL_FORM)
async def ping_hook(
    request: type_of_request, circle: FromPath[str], webhook_id: FromPath[int]
) -> Response[bytes]:
    return await _done(request, circle, webhook_id, verbs.ping)


@post(f"{ONE}/remove", request_max_body_size=SMALL_FORM)
async def remove_hook(
    request: type_of_request, circle: FromPath[str], webhook_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_hook)
    await verbs.remove(place, webhook_id)
    return see(f"/c/{circle}/manage/webhooks")


@post(f"{ONE}/deliveries/{{delivery_id:int}}/again", request_max_body_size=SMALL_FORM)
async def repeat_delivery(
    request: type_of_request,
    circle: FromPath[str],
    webhook_id: FromPath[int],
    delivery_id: FromPath[int],
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_hook)
    await verbs.repeat(place, webhook_id, delivery_id)
    return see(f"/c/{circle}/manage/webhooks/{webhook_id}?outcome=asked")


async def _done(
    request: type_of_request,
    circle: str,
    webhook_id: int,
    deed: Callable[[Place, int], Awaitable[None]],
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_hook)
    await deed(place, webhook_id)
    outcome = "?outcome=asked" if deed is verbs.ping else ""
    return see(f"/c/{circle}/manage/webhooks/{webhook_id}{outcome}")


async def _all(
    request: type_of_request,
    place: Place,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
    *,
    status: int = 200,
) -> Response[bytes]:
    return await page(
        request,
        "platform/hooks.html",
        status=status,
        place=place,
        hooks=await hooked.listed(place.circle.id),
        form=form or Form({"idempotency_key": str(uuid.uuid4())}, {}),
        errors=errors or {},
    )


async def _one(
    request: type_of_request, place: Place, webhook_id: int, *, secret: str = ""
) -> Response[bytes]:
    hook = await hooked.one(place, webhook_id)
    before = cursors.asked(request, "before")
    found = await hooked.deliveries(place.circle.id, webhook_id, before)
    shown, more = cursors.page(found, hooked.PAGE, lambda each: (each["created_at"], each["id"]))
    return await page(
        request,
        "platform/hook.html",
        place=place,
        hook=hook,
        why=hooked.WHY.get(hook["why"]),
        deliveries=shown,
        more=more,
        secret=secret,
        key=str(uuid.uuid4()),
        outcome=request.query_params.get("outcome", ""),
    )
