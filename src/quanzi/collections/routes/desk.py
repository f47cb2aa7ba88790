"""The desk where collections are made and changed."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import once
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.collections import making, policy, reading, suggesting
from quanzi.errors import Conflict, Invalid, Said
from quanzi.media import MOST_BYTES
from quanzi.media.incoming import discard_all, taken_in
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

# A picture, and as much as a form without one may have.
MOST_BODY = MOST_BYTES + 1024 * 1024


@get("/c/{circle:str}/manage/collections")
async def show_collections_desk(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    return await _list(request, await place_at_desk(request, circle, policy.can_collect))


@post("/c/{circle:str}/manage/collections", request_max_body_size=MOST_BODY)
async def make_collection(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    try:
        files = await forms.contents(form, "cover", most=MOST_BYTES)
        async with taken_in(files, field="cover", most=1) as taken:
            collection_id, again = await making.make(
                place,
                title=form["title"],
                intro=form["intro"],
                cover=taken[0].name if taken else "",
                key=once.key_of(form["idempotency_key"]),
            )
    except Invalid as wrong:
        return await _list(request, place, status=422, form=form, errors=wrong.fields)
    if again:
        await discard_all(taken)
    return see(f"/c/{circle}/manage/collections/{collection_id}")


@get("/c/{circle:str}/manage/collections/{collection_id:int}")
async def show_collection_desk(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_collect)
    return await edit_page(request, place, collection_id)


@post("/c/{circle:str}/manage/collections/{collection_id:int}", request_max_body_size=MOST_BODY)
async def change_collection(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    await reading.one(place, collection_id)
    form = await forms.read(request)
    try:
        files = await forms.contents(form, "cover", most=MOST_BYTES)
        async with taken_in(files, field="cover", most=1) as taken:
            await making.change(
                place,
                collection_id,
                title=form["title"],
                intro=form["intro"],
                cover=taken[0].name if taken else "",
                bare=form.ticked("bare"),
            )
    except Invalid as wrong:
        return await edit_page(
            request, place, collection_id, status=422, form=form, errors=wrong.fields
        )
    return see(f"/c/{circle}/manage/collections/{collection_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/publish",
    request_max_body_size=SMALL_FORM,
)
async def publish_collection(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    try:
        await making.publish(place, collection_id)
    except Conflict as empty:
        errors = {"state": empty.sentence}
        return await edit_page(request, place, collection_id, status=422, errors=errors)
    return see(f"/c/{circle}/collections/{collection_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/withdraw",
    request_max_body_size=SMALL_FORM,
)
async def withdraw_collection(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    await making.withdraw(place, collection_id)
    return see(f"/c/{circle}/manage/collections/{collection_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/delete",
    request_max_body_size=SMALL_FORM,
)
async def delete_collection(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    await making.delete(place, collection_id)
    return see(f"/c/{circle}/manage/collections")


async def edit_page(
    request: type_of_request,
    place: Place,
    collection_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """With what they typed when it is refused."""
    found = await reading.one(place, collection_id)
    suggested = await suggesting.waiting(place, None, collection_id)
    return await page(
        request,
        "collections/edit.html",
        status=status,
        place=place,
        collection=found,
        suggestions=suggested[: suggesting.PAGE],
        more=len(suggested) > suggesting.PAGE,
        form=form or Form({"title": found.title, "intro": found.intro}, {}),
        errors=errors or {},
    )


async def _list(
    request: type_of_request,
    place: Place,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "collections/desk.html",
        status=status,
        place=place,
        collections=await reading.all_of(place.circle.id),
        suggested=bool(await suggesting.waiting(place, None)),
        form=form or Form({"idempotency_key": str(uuid.uuid4())}, {}),
        errors=errors or {},
    )
