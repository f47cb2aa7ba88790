"""What is said beside a post in a collection, and taking it out."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.collections import arranging, collecting, policy, reading
from quanzi.collections.routes.desk import MOST_BODY
from quanzi.errors import Invalid, Said
from quanzi.media import MOST_BYTES
from quanzi.media.incoming import taken_in
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

FIELDS = ("title", "note", "start", "link")


@get("/c/{circle:str}/manage/collections/{collection_id:int}/entries/{post_id:int}")
async def show_entry(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    post_id: FromPath[int],
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_collect)
    return await _shown(request, place, collection_id, post_id)


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/entries/{post_id:int}",
    request_max_body_size=MOST_BODY,
)
async def describe_entry(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    post_id: FromPath[int],
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    before = await collecting.entry(place, collection_id, post_id)
    form = await forms.read(request)
    try:
        files = await forms.contents(form, "map", most=MOST_BYTES)
        async with taken_in(files, field="map", most=1) as taken:
            await collecting.describe(
                place,
                collection_id,
                post_id,
                {name: form[name] for name in (*FIELDS, "km")},
                map_=taken[0].name if taken else "",
                bare=form.ticked("bare"),
            )
    except Invalid as wrong:
        return await _shown(
            request, place, collection_id, post_id, status=422, form=form, errors=wrong.fields
        )
    section = form.number("section")
    if section and section != before["section_id"]:
        await arranging.move(place, collection_id, post_id, section, None)
    return see(f"/c/{circle}/manage/collections/{collection_id}#row-{post_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/entries/{post_id:int}/remove",
    request_max_body_size=SMALL_FORM,
)
async def take_entry_out(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    post_id: FromPath[int],
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    await collecting.take_out(place, collection_id, post_id)
    return see(f"/c/{circle}/manage/collections/{collection_id}#arrange")


async def _shown(
    request: type_of_request,
    place: Place,
    collection_id: int,
    post_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    entry = await collecting.entry(place, collection_id, post_id)
    now = {name: entry[name] for name in FIELDS}
    now["km"] = f"{entry['metres'] / 1000:g}" if entry["metres"] else ""
    now["section"] = str(entry["section_id"])
    return await page(
        request,
        "collections/entry.html",
        status=status,
        place=place,
        collection=await reading.one(place, collection_id),
        entry=entry,
        form=form or Form(now, {}),
        errors=errors or {},
    )
