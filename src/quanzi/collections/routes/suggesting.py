"""Members suggest a post for a collection; editors decide."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.collections import policy, suggesting
from quanzi.errors import Conflict, Invalid, NotAllowed, Said
from quanzi.posts import reading as posts
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/p/{post_id:int}/suggest")
async def show_suggest(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    return await _form(request, await _place(request, circle), post_id)


@post("/c/{circle:str}/p/{post_id:int}/suggest", request_max_body_size=SMALL_FORM)
async def suggest_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await _place(request, circle)
    await limits.hold(limits.SUGGESTING, place.member_id)
    form = await forms.read(request)
    chosen = form.number("collection_id") or 0
    try:
        await suggesting.suggest(place, post_id, chosen, form["reason"])
    except Invalid as wrong:
        return await _form(request, place, post_id, status=422, form=form, errors=wrong.fields)
    except Conflict as twice:
        errors = {"collection_id": twice.sentence}
        return await _form(request, place, post_id, status=422, form=form, errors=errors)
    return await page(request, "collections/suggested.html", place=place, post_id=post_id)


@get("/c/{circle:str}/manage/collections/suggestions")
async def show_suggestions(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _list(request, await place_at_desk(request, circle, policy.can_collect))


@post(
    "/c/{circle:str}/manage/collections/suggestions/{suggestion_id:int}/accept",
    request_max_body_size=SMALL_FORM,
)
async def accept_suggestion(
    request: type_of_request, circle: FromPath[str], suggestion_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    try:
        await suggesting.accept(place, suggestion_id)
    except Invalid as wrong:
        return await _list(request, place, status=422, errors=wrong.fields)
    return see(_back(circle, form))


@post(
    "/c/{circle:str}/manage/collections/suggestions/{suggestion_id:int}/decline",
    request_max_body_size=SMALL_FORM,
)
async def decline_suggestion(
    request: type_of_request, circle: FromPath[str], suggestion_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    await suggesting.decline(place, suggestion_id)
    return see(_back(circle, form))


def _back(circle: str, form: Form) -> str:
    """To the collection whose page it was decided on, or to the list of all."""
    here = form.number("collection_id")
    return (
        f"/c/{circle}/manage/collections/{here}"
        if here
        else (f"/c/{circle}/manage/collections/suggestions")
    )


async def _place(request: type_of_request, circle: str) -> Place:
    place = await access.place(circle, await sessions.viewer(request))
    if not policy.can_suggest(place):
        raise NotAllowed
    return place


async def _form(
    request: type_of_request,
    place: Place,
    post_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "collections/suggest.html",
        status=status,
        place=place,
        post=await posts.published(place, post_id),
        choices=await suggesting.choices(place, post_id),
        form=form or Form({}, {}),
        errors=errors or {},
    )


async def _list(
    request: type_of_request,
    place: Place,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    before = forms.whole(request.query_params.get("before", ""))
    found = await suggesting.waiting(place, before)
    shown = found[: suggesting.PAGE]
    return await page(
        request,
        "collections/suggestions.html",
        status=status,
        place=place,
        suggestions=shown,
        older=shown[-1]["id"] if len(found) > suggesting.PAGE else None,
        errors=errors or {},
    )
