"""Saying that something is not right: a small form, about a post, a comment or a service."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.errors import Invalid, NotAllowed, Said
from quanzi.moderation import policy, reporting
from quanzi.offering import reading as offered
from quanzi.posts import comments, reading
from quanzi.posts.comments import Comment
from quanzi.posts.reading import Post
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page

type_of_request = Request[Any, Any, Any]
POST = "/c/{circle:str}/p/{post_id:int}"
SERVICE = "/c/{circle:str}/services/{service_id:int}/report"
# The same about a post and about one of its comments.
REPORT = [f"{POST}/report", f"{POST}/comments/{{comment_id:int}}/report"]


@get(REPORT)
async def show_report(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int] = 0,
) -> Response[bytes]:
    return await _form(request, await _place(request, circle), post_id, comment_id)


@post(REPORT, request_max_body_size=SMALL_FORM)
async def report(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int] = 0,
) -> Response[bytes]:
    place = await _place(request, circle)
    await limits.hold(limits.DEEDS, place.member_id)
    form = await forms.read(request)
    try:
        await reporting.report(
            place, post_id, comment_id, category=form["category"], note=form["note"]
        )
    except Invalid as wrong:
        return await _form(request, place, post_id, comment_id, form=form, errors=wrong.fields)
    return await page(request, "moderation/reported.html", here=_here(place, post_id))


@get(SERVICE)
async def show_report_of_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    return await _form_of_service(request, await _place(request, circle), service_id)


@post(SERVICE, request_max_body_size=SMALL_FORM)
async def report_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[bytes]:
    place = await _place(request, circle)
    await limits.hold(limits.DEEDS, place.member_id)
    form = await forms.read(request)
    try:
        await reporting.report_service(
            place, service_id, category=form["category"], note=form["note"]
        )
    except Invalid as wrong:
        return await _form_of_service(request, place, service_id, form, wrong.fields)
    here = f"/c/{circle}/services/{service_id}"
    return await page(request, "moderation/reported.html", here=here)


async def _form(
    request: type_of_request,
    place: Place,
    post_id: int,
    comment_id: int,
    *,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    found = await thing(place, post_id, comment_id)
    if not policy.can_report(place, found.author_id):
        raise NotAllowed
    here = _here(place, post_id)
    return await page(
        request,
        "moderation/report.html",
        status=422 if errors else 200,
        place=place,
        here=here,
        there=f"{here}/comments/{comment_id}/report" if comment_id else f"{here}/report",
        who=found.author,
        words=found.body,
        form=form or Form({}, {}),
        errors=errors or {},
    )


async def _form_of_service(
    request: type_of_request,
    place: Place,
    service_id: int,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    service = await offered.one(place, service_id)
    if not policy.can_report_service(place):
        raise NotAllowed
    here = f"/c/{place.circle.slug}/services/{service_id}"
    return await page(
        request,
        "moderation/report.html",
        status=422 if errors else 200,
        place=place,
        here=here,
        there=f"{here}/report",
        who=place.circle.partner_name,
        words=service.title,
        form=form or Form({}, {}),
        errors=errors or {},
    )


def _here(place: Place, post_id: int) -> str:
    return f"/c/{place.circle.slug}/p/{post_id}"


async def thing(place: Place, post_id: int, comment_id: int) -> Post | Comment:
    """Raises NotFound."""
    if comment_id:
        return await comments.one(place, post_id, comment_id)
    return await reading.published(place, post_id)


async def _place(request: type_of_request, circle: str) -> Place:
    return await access.place(circle, await sessions.viewer(request))
