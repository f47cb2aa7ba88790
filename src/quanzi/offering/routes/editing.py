"""A service's card: a new one, and changing it."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk
from quanzi.errors import Conflict, Invalid, Said
from quanzi.fans import segments
from quanzi.media import MOST_BYTES
from quanzi.media.incoming import discard, taken_in
from quanzi.offering import cards, policy, reading, writing
from quanzi.offering.reading import Service
from quanzi.offering.routes.desk import HERE, ONE
from quanzi.web import forms, limits
from quanzi.web.forms import Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

# A picture, and as much as a form without one may have.
MOST_BODY = MOST_BYTES + 1024 * 1024
NEW = {"way": "request", "segment": "everyone", "kept_days": str(cards.KEPT_DAYS)}


@get(f"{HERE}/new")
async def show_new(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    return await _form(request, place, Form(NEW | {"idempotency_key": str(uuid.uuid4())}, {}))


@post(f"{HERE}/new", request_max_body_size=MOST_BODY)
async def make_service(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    await limits.hold(limits.POSTING, place.member_id)
    form = await forms.read(request)
    try:
        card = cards.read(form, place.circle.time_zone)
        files = await forms.contents(form, "picture", most=MOST_BYTES)
        async with taken_in(files, field="picture", most=1) as taken:
            picture = taken[0].name if taken else ""
            service_id, again = await writing.make(
                place, card, key=once.key_of(form["idempotency_key"]), picture=picture
            )
    except Invalid as wrong:
        return await _form(request, place, form, errors=wrong.fields)
    if again and picture:
        await discard(picture)
    return see(f"/c/{circle}/manage/services" + ("" if card.link else f"/{service_id}/form"))


@get(ONE)
async def show_edit(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    service = await reading.one(place, service_id)
    return await _form(request, place, Form(_now(service, place.circle.time_zone), {}), service)


@post(ONE, request_max_body_size=MOST_BODY)
async def change_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_manage)
    service = await reading.one(place, service_id)
    await limits.hold(limits.POSTING, place.member_id)
    form = await forms.read(request)
    try:
        card = cards.read(form, place.circle.time_zone)
        files = await forms.contents(form, "picture", most=MOST_BYTES)
        async with taken_in(files, field="picture", most=1) as taken:
            await writing.change(
                place,
                service_id,
                card,
                version=form.number("version") or 0,
                picture=taken[0].name if taken else "",
            )
    except Invalid as wrong:
        return await _form(request, place, form, service, errors=wrong.fields)
    except Conflict as changed:
        # Once more, and knowingly: it is saved over the newer one.
        service = await reading.one(place, service_id)
        again = Form(form.values | {"version": str(service.version)}, {})
        return await _form(request, place, again, service, errors={"version": changed.sentence})
    return see(f"/c/{circle}/manage/services")


async def _form(
    request: type_of_request,
    place: Place,
    form: Form,
    service: Service | None = None,
    *,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "offering/edit.html",
        status=422 if errors else 200,
        place=place,
        service=service,
        fan_segments=await segments.listed(place.circle.id),
        form=form,
        errors=errors or {},
    )


def _now(service: Service, time_zone: str) -> dict[str, str]:
    """What the form shows of it."""
    return {
        "title": service.title,
        "body": service.body,
        "price": service.price,
        "way": "link" if service.link else "request",
        "link": service.link,
        "segment": service.segment,
        "least": str(service.least or ""),
        "segment_id": str(service.segment_id or ""),
        "starts_at": _local(service.starts_at, time_zone),
        "ends_at": _local(service.ends_at, time_zone),
        "kept_days": str(service.kept_days),
        "version": str(service.version),
    }


def _local(moment: datetime | None, time_zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(time_zone)):%Y-%m-%dT%H:%M}" if moment else ""
