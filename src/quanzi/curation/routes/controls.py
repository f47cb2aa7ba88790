"""What one may do with a post: the small menu, and its deeds."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.circles.routes import places
from quanzi.collections import collecting
from quanzi.collections import policy as collections
from quanzi.collections import reading as collected
from quanzi.collections.reading import Choice
from quanzi.curation import board, pinning
from quanzi.curation.policy import can_digest, can_pin
from quanzi.curation.routes.undo import unpinned
from quanzi.errors import Invalid, Said, said
from quanzi.posts import editing, policy, reading
from quanzi.posts.reading import Post
from quanzi.web import forms, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import is_htmx, page, see, see_or_tell

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/p/{post_id:int}/controls")
async def show_controls(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    return await _controls(request, place, post_id)


@post("/c/{circle:str}/p/{post_id:int}/pin", request_max_body_size=SMALL_FORM)
async def pin_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    form = await forms.read(request)
    zone = place.circle.time_zone
    try:
        seq = await pinning.pin(
            place,
            post_id,
            slot=_slot(form),
            starts_at=forms.moment(form["starts_at"], "starts_at", zone),
            ends_at=forms.moment(form["ends_at"], "ends_at", zone),
        )
    except Invalid as wrong:
        return await _controls(request, place, post_id, status=422, form=form, errors=wrong.fields)
    return see_or_tell(request, f"/c/{circle}", seq)


@post("/c/{circle:str}/p/{post_id:int}/unpin", request_max_body_size=SMALL_FORM)
async def unpin_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    seq = await pinning.unpin(place, post_id)
    undo = unpinned(place.circle.slug, post_id) if seq else None
    return see_or_tell(request, f"/c/{circle}", seq, undo)


@post("/c/{circle:str}/p/{post_id:int}/collect", request_max_body_size=SMALL_FORM)
async def collect_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    """Into the collection `collection_id`; or into a new one called `title`."""
    place = await places.place_for_deed(request, circle)
    form = await forms.read(request)
    try:
        if form.number("collection_id"):
            await collecting.add(place, form.number("collection_id") or 0, post_id)
        else:
            key = once.key_of(form["idempotency_key"])
            await collecting.add_to_new(place, form["title"], post_id, key)
    except Invalid as wrong:
        return await _controls(request, place, post_id, status=422, form=form, errors=wrong.fields)
    if not is_htmx(request):
        return see(f"/c/{circle}/p/{post_id}/controls#collect")
    return await _controls(request, place, post_id)


async def _controls(
    request: type_of_request,
    place: Place,
    post_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    found = await reading.one(place, post_id)
    taken = await board.slots_taken(place.circle.id)
    collections_here = await _collections(place, found)
    return await page(
        request,
        "curation/controls.html",
        status=status,
        place=place,
        post=found,
        may_edit=policy.can_edit_post(place, found),
        may_remove=policy.can_remove(place, found),
        waits=await editing.waits(place, post_id) if policy.can_edit_post(place, found) else False,
        may_digest=can_digest(place) and found.state == "published",
        may_collect=collections.can_collect(place) and found.state == "published",
        may_suggest=collections.can_suggest(place) and bool(collections_here),
        collections=collections_here,
        may_pin=can_pin(place) and found.state == "published",
        slot=next((slot for slot, who in taken.items() if who == post_id), None),
        taken=taken,
        form=form or Form({"idempotency_key": str(uuid.uuid4())}, {}),
        errors=errors or {},
    )


async def _collections(place: Place, found: Post) -> list[Choice]:
    """Of which its menu speaks, to who may do something about it."""
    may = collections.can_collect(place)
    if found.state != "published" or not (may or collections.can_suggest(place)):
        return []
    return await collected.choices(place.circle.id, found.id, drafts=may)


def _slot(form: Form) -> int | None:
    if form["slot"].strip() and form.number("slot") is None:
        raise Invalid(slot=said("请选择一个置顶位。"))
    return form.number("slot")
