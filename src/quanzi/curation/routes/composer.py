"""Posting from the inline form."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.curation import composing, spreading
from quanzi.curation.routes.circle import begun, circle_page
from quanzi.curation.spreading import Failed, Other
from quanzi.errors import Invalid, NotAllowed, Said
from quanzi.media import MOST_BYTES
from quanzi.posts import captions, carrying, drafts, pictures, policy, reusing, unsent
from quanzi.posts.drafts import Draft
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import fragment, is_htmx, page, see
from quanzi.web.responses import written as said_written

type_of_request = Request[Any, Any, Any]

# Before a circle's name: it is to come out there, too.
ALSO = "also_"
MOST_BODY = drafts.MOST_IMAGES * MOST_BYTES + 1024 * 1024


@get("/c/{circle:str}/compose")
async def show_composer(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_to_post(request, circle)
    form = await begun(place)
    asked = request.query_params
    # From the calendar, with the time that was pressed there.
    form.values["publish_at"] = asked.get("at", "")[:16] or form["publish_at"]
    template_id = forms.whole(asked.get("template", ""))
    if template_id:
        template = await reusing.one(place, template_id)
        form.values.update(body=template.body, topics=" ".join(template.topics))
    return await _whole(request, place, form)


@post("/c/{circle:str}/compose/keep", request_max_body_size=SMALL_FORM)
async def keep_unsent(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """What is being written, every few seconds."""
    place = await place_to_post(request, circle)
    await limits.hold(limits.DEEDS, place.member_id)
    form = await forms.read(request)
    await unsent.keep(place, form["body"], form["topics"], form["publish_at"])
    return Response(b"", status_code=204)


@post("/c/{circle:str}/posts", request_max_body_size=MOST_BODY)
async def write_post(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_to_post(request, circle)
    await limits.hold(limits.POSTING, place.member_id)
    form = await forms.read(request)
    try:
        draft = read_draft(place, form)
        files = await forms.contents(form, "images", most=MOST_BYTES)
        described = captions.read(form.values, len(files))
        files = [files[each.number] for each in described]
        draft = replace(draft, alts=tuple(each.alt for each in described))
        async with pictures.taken_in(files) as taken:
            written = await composing.compose(place, draft, taken)
    except Invalid as wrong:
        return await _typed_again(request, place, form, wrong.fields)
    if written.again:
        await pictures.discard_all(taken)
    also = [name.removeprefix(ALSO) for name in form.values if name.startswith(ALSO)]
    failed = await spreading.spread(place, draft, files, also) if also else []
    await unsent.forget(place)
    if failed and not is_htmx(request):
        return await _whole(request, place, _fresh(), failed=failed, outcome=written.outcome)
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
        failed=failed,
        others=await _others(place, form),
    )
    answer.headers["hx-trigger"] = said_written(written.seq or 0)
    return answer


async def _whole(
    request: type_of_request,
    place: Place,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
    failed: Sequence[Failed] = (),
    outcome: str = "",
) -> Response[bytes]:
    """The composer on a page of its own, with all that it can do."""
    return await page(
        request,
        "curation/compose.html",
        status=status,
        place=place,
        form=form,
        errors=errors or {},
        templates=await reusing.all_of(place),
        others=await spreading.others(place),
        services=await carrying.choices(place),
        failed=failed,
        outcome=outcome,
    )


def read_draft(place: Place, form: Form) -> Draft:
    """Raises Invalid."""
    return drafts.read(
        body=form["body"],
        topics=form["topics"],
        publish_at=form["publish_at"],
        pin=form.ticked("pin"),
        pin_until=form["pin_until"],
        service=form.number("service"),
        key=form["idempotency_key"],
        time_zone=place.circle.time_zone,
        kept=form.ticked("kept"),
    )


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
            others=await _others(place, form),
        )
    if _is_whole(form):
        return await _whole(request, place, form, status=422, errors=errors)
    return await circle_page(request, place, status=422, form=form, errors=errors)


async def _others(place: Place, form: Form) -> list[Other]:
    """As the page offered them from which the form comes."""
    return await spreading.others(place) if _is_whole(form) else []


def _is_whole(form: Form) -> bool:
    return form.ticked("whole") or any(name.startswith(ALSO) for name in form.values)


async def place_to_post(request: type_of_request, circle: str) -> Place:
    place = await access.place(circle, await sessions.viewer(request))
    if not policy.can_post(place):
        raise NotAllowed
    return place


def _fresh() -> Form:
    return Form({"idempotency_key": str(uuid.uuid4())}, {})
