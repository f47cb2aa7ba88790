"""Ordering what stands in a collection: by buttons, by dragging, by keys; and its sections."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_for_deed
from quanzi.collections import arranging, policy, reading, sectioning
from quanzi.collections.routes.desk import edit_page
from quanzi.errors import Invalid, said
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import fragment, is_htmx, see

type_of_request = Request[Any, Any, Any]

STEPS = {"up": -1, "down": 1}
WHERE = said("请选择往哪里移。")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/entries/{post_id:int}/move",
    request_max_body_size=SMALL_FORM,
)
async def move_entry(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    post_id: FromPath[int],
) -> Response[bytes]:
    """`step` up or down; or `section`, and there `before` a post or at the end."""
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    if form["step"] in STEPS:
        await arranging.step(place, collection_id, post_id, STEPS[form["step"]])
    elif (section := form.number("section")) is not None:
        await arranging.move(place, collection_id, post_id, section, form.number("before"))
    else:
        raise Invalid(step=WHERE)
    return await _arranged(request, place, collection_id, f"row-{post_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/sections",
    request_max_body_size=SMALL_FORM,
)
async def add_section(
    request: type_of_request, circle: FromPath[str], collection_id: FromPath[int]
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    try:
        await sectioning.add(place, collection_id, form["section"])
    except Invalid as wrong:
        return await edit_page(request, place, collection_id, status=422, errors=wrong.fields)
    return see(f"/c/{circle}/manage/collections/{collection_id}#arrange")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/sections/{section_id:int}",
    request_max_body_size=SMALL_FORM,
)
async def rename_section(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    section_id: FromPath[int],
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    try:
        await sectioning.rename(place, collection_id, section_id, form["section"])
    except Invalid as wrong:
        return await edit_page(request, place, collection_id, status=422, errors=wrong.fields)
    return see(f"/c/{circle}/manage/collections/{collection_id}#section-{section_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/sections/{section_id:int}/move",
    request_max_body_size=SMALL_FORM,
)
async def move_section(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    section_id: FromPath[int],
) -> Response[bytes]:
    """`step` up or down."""
    place = await place_for_deed(request, circle, policy.can_collect)
    form = await forms.read(request)
    if form["step"] not in STEPS:
        raise Invalid(step=WHERE)
    await arranging.step_section(place, collection_id, section_id, STEPS[form["step"]])
    return await _arranged(request, place, collection_id, f"section-{section_id}")


@post(
    "/c/{circle:str}/manage/collections/{collection_id:int}/sections/{section_id:int}/dissolve",
    request_max_body_size=SMALL_FORM,
)
async def dissolve_section(
    request: type_of_request,
    circle: FromPath[str],
    collection_id: FromPath[int],
    section_id: FromPath[int],
) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_collect)
    await sectioning.dissolve(place, collection_id, section_id)
    return see(f"/c/{circle}/manage/collections/{collection_id}#arrange")


async def _arranged(
    request: type_of_request, place: Place, collection_id: int, at: str
) -> Response[bytes]:
    """The list as it stands now; without scripts the page, where the hand was."""
    if not is_htmx(request):
        return see(f"/c/{place.circle.slug}/manage/collections/{collection_id}#{at}")
    return await fragment(
        request,
        "collections/_arrange.html",
        place=place,
        collection=await reading.one(place, collection_id),
    )
