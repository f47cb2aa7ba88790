"""Agreeing to an import, stopping it, giving it up."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_for_deed
from quanzi.errors import Invalid
from quanzi.importing import policy, steering
from quanzi.importing.routes.imports import HERE, import_page
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import see

type_of_request = Request[Any, Any, Any]


@post(f"{HERE}/{{import_id:int}}/start", request_max_body_size=SMALL_FORM)
async def start_import(
    request: type_of_request, circle: FromPath[str], import_id: FromPath[int]
) -> Response[bytes]:
    place = await _for_deed(request, circle)
    form = await forms.read(request)
    try:
        await steering.start(
            place,
            import_id,
            way=form["way"],
            every=form.number("every") or 0,
            dated=form.ticked("dated"),
        )
    except Invalid as wrong:
        return await import_page(
            request, place, import_id, status=422, form=form, errors=wrong.fields
        )
    return see(f"/c/{circle}/manage/import/{import_id}")


@post(f"{HERE}/{{import_id:int}}/stop", request_max_body_size=SMALL_FORM)
async def stop_import(
    request: type_of_request, circle: FromPath[str], import_id: FromPath[int]
) -> Response[bytes]:
    await steering.stop(await _for_deed(request, circle), import_id)
    return see(f"/c/{circle}/manage/import/{import_id}")


@post(f"{HERE}/{{import_id:int}}/drop", request_max_body_size=SMALL_FORM)
async def drop_import(
    request: type_of_request, circle: FromPath[str], import_id: FromPath[int]
) -> Response[bytes]:
    await steering.drop(await _for_deed(request, circle), import_id)
    return see(f"/c/{circle}/manage/import")


async def _for_deed(request: type_of_request, circle: str) -> Place:
    return await place_for_deed(request, circle, policy.can_import)
