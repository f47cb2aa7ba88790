"""Posting from the inline form."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.curation import composing
from quanzi.curation.routes.circle import circle_page
from quanzi.errors import Invalid, NotAllowed, Said
from quanzi.media import MOST_BYTES
from quanzi.posts import carrying, drafts, pictures, policy
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import Form
from quanzi.web.responses import fragment, is_htmx, page, see
from quanzi.web.responses import written as said_written

type_of_request = Request[Any, Any, Any]

MOST_BODY = drafts.MOST_IMAGES * MOST_BYTES + 1024 * 1024


@get("/c/{circle:str}/compose")
async def show_composer(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await _place_to_post(request, circle)
    return await page(
        request,
        "curation/compose.html",
        place=place,
        form=_fresh(),
        errors={},
        services=await carrying.choices(place),
    )


@post("/c/{circle:str}/posts", request_max_body_size=MOST_BODY)
async def write_post(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await _place_to_post(request, circle)
    await limits.hold(limits.POSTING, place.member_id)
    form = await forms.read(request)
    try:
        draft = drafts.read(
            body=form["body"],
            topics=form["topics"],
            publish_at=form["publish_at"],
            pin=form.ticked("pin"),
            pin_until=form["pin_until"],
            service=form.number("service"),
            key=form["idempotency_key"],
            time_zone=place.circle.time_zone,
        )
        files = await forms.contents(form, "images", most=MOST_BYTES)
        async with pictures.taken_in(files) as taken:
            written = await composing.compose(place, draft, taken)
    except Invalid as wrong:
        return await _typed_again(request, place, form, wrong.fields)
    if written.again:
        await pictures.discard_all(taken)
    if not is_htmx(request):
        said = f"?outcome={written.outcome}" if written.outcome else ""
        return see(f"/c/{circle}{said}")
    answer = await fragment(
        request,
        "curation/_composer.html",
        place=place,
        form=_fresh(),
        errors={},
        services=await carrying.choices(place),
        outcome=written.outcome,
    )
    answer.headers["hx-trigger"] = said_written(written.seq or 0)
    return answer


async def _typed_again(
    request: type_of_request, place: Place, form: Form, errors: dict[str, Said]
) -> Response[bytes]:
    if is_htmx(request):
        return await fragment(
            request,
            "curation/_composer.html",
            status=422,
            place=place,
            form=form,
            errors=errors,
            services=await carrying.choices(place),
        )
    return await circle_page(request, place, status=422, form=form, errors=errors)


async def _place_to_post(request: type_of_request, circle: str) -> Place:
    place = await access.place(circle, await sessions.viewer(request))
    if not policy.can_post(place):
        raise NotAllowed
    return place


def _fresh() -> Form:
    return Form({"idempotency_key": str(uuid.uuid4())}, {})
