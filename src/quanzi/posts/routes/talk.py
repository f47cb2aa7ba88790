"""Comments: writing one, and taking one away."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.errors import Invalid
from quanzi.posts import commenting, comments, names
from quanzi.posts.routes.one import post_page
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import fragment, is_htmx, page, see, written

type_of_request = Request[Any, Any, Any]


@post("/c/{circle:str}/p/{post_id:int}/comments", request_max_body_size=SMALL_FORM)
async def write_comment(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await _place(request, circle)
    form = await forms.read(request)
    try:
        said = await commenting.comment(
            place,
            post_id,
            form["body"],
            reply_to=form.number("reply_to"),
            key=once.key_of(form["idempotency_key"]),
        )
    except Invalid as wrong:
        return await _typed_again(request, place, post_id, form, wrong)
    if not is_htmx(request):
        where = f"?outcome={said.outcome}#talk" if said.outcome else f"#comment-{said.comment_id}"
        return see(f"/c/{circle}/p/{post_id}{where}")
    fresh = Form({"idempotency_key": str(uuid.uuid4())}, {})
    answer = await _form(request, place, post_id, fresh, outcome=said.outcome)
    answer.headers["hx-trigger"] = written(said.seq)
    return answer


@get("/c/{circle:str}/p/{post_id:int}/comments/{comment_id:int}")
async def show_comment(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int],
) -> Response[bytes]:
    """What may be done with it."""
    place = await access.place(circle, await sessions.viewer(request))
    found = await comments.one(place, post_id, comment_id)
    return await page(request, "posts/comment.html", place=place, comment=found)


@get("/c/{circle:str}/names")
async def complete_name(
    request: type_of_request, circle: FromPath[str]
) -> Response[list[dict[str, str]]]:
    """`?q=xia`: whom somebody may mean who types `@xia`; JSON for the little list under the text."""
    place = await access.place(circle, await sessions.viewer(request))
    await limits.hold(limits.NAMES, place.member_id)
    found = await names.meant(place, request.query_params.get("q", ""))
    return Response(
        [{"handle": person.handle, "name": person.name} for person in found],
        headers={"cache-control": "no-store"},
    )


async def _typed_again(
    request: type_of_request, place: Place, post_id: int, form: Form, wrong: Invalid
) -> Response[bytes]:
    if is_htmx(request):
        return await _form(request, place, post_id, form, wrong)
    return await post_page(request, place, post_id, status=422, form=form, errors=wrong.fields)


async def _form(
    request: type_of_request,
    place: Place,
    post_id: int,
    form: Form,
    wrong: Invalid | None = None,
    *,
    outcome: str = "",
) -> Response[bytes]:
    answered = None
    if wrong is not None and "reply_to" not in wrong.fields and form.number("reply_to"):
        answered = await comments.one(place, post_id, form.number("reply_to") or 0)
    return await fragment(
        request,
        "posts/_comment_form.html",
        status=422 if wrong else 200,
        place=place,
        post_id=post_id,
        answered=answered,
        form=form,
        errors=wrong.fields if wrong else {},
        outcome=outcome,
    )


async def _place(request: type_of_request, circle: str) -> Place:
    place = await access.place(circle, await sessions.viewer(request))
    await limits.hold(limits.COMMENTING, place.member_id)
    return place
