"""Bringing a file, and seeing what would come and what came of it."""

from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk
from quanzi.errors import Invalid, Said
from quanzi.importing import archive, failures, files, policy, reading, steering, taking_in
from quanzi.web import cursors, forms, i18n, limits
from quanzi.web.forms import Form
from quanzi.web.limits import Limit
from quanzi.web.responses import fragment, page, see

type_of_request = Request[Any, Any, Any]

MOST_BODY = files.MOST_BYTES + archive.MOST_BYTES + 1024 * 1024
IMPORTS = Limit("imports", 20, 3600, 10)
HERE = "/c/{circle:str}/manage/import"


@get(HERE)
async def show_imports(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_import)
    return await _list(request, place)


@post(HERE, request_max_body_size=MOST_BODY)
async def bring_file(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_import)
    await limits.hold(IMPORTS, place.member_id)
    form = await forms.read(request)
    content = await forms.contents(form, "file", most=files.MOST_BYTES)
    pictures = await forms.contents(form, "pictures", most=archive.MOST_BYTES)
    try:
        import_id = await taking_in.take_in(
            place,
            form.files["file"][0].filename if content else "",
            content[0] if content else b"",
            pictures[0] if pictures else None,
            i18n.language_of(request),
        )
    except Invalid as wrong:
        return await _list(request, place, status=422, errors=wrong.fields)
    return see(f"/c/{circle}/manage/import/{import_id}")


@get(f"{HERE}/{{import_id:int}}")
async def show_import(
    request: type_of_request, circle: FromPath[str], import_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_import)
    return await import_page(request, place, import_id)


@get(f"{HERE}/{{import_id:int}}/progress")
async def show_progress(
    request: type_of_request, circle: FromPath[str], import_id: FromPath[int]
) -> Response[bytes]:
    """The part of that page which changes by itself."""
    place = await place_at_desk(request, circle, policy.can_import)
    found = await reading.one(place, import_id)
    answer = await fragment(
        request,
        "importing/_import.html",
        place=place,
        brought=found,
        paces=steering.PACES,
        form=Form({}, {}),
        errors={},
    )
    if not found.runs:
        # What stands below on the page has changed with it.
        answer.headers["hx-refresh"] = "true"
    return answer


@get(f"{HERE}/{{import_id:int}}/failures.csv")
async def show_failures(
    request: type_of_request, circle: FromPath[str], import_id: FromPath[int]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_import)
    found = await reading.one(place, import_id)
    lines = await reading.lines(place, import_id, most=files.MOST_ROWS)
    return Response(
        failures.as_csv(lines, i18n.language_of(request)),
        media_type=MediaType.TEXT,
        headers={
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": f'attachment; filename="import-{found.id}.csv"',
            "cache-control": "no-store",
        },
    )


async def import_page(
    request: type_of_request,
    place: Place,
    import_id: int,
    *,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    only = request.query_params.get("only", "")
    after = forms.whole(request.query_params.get("after", "")) or 0
    found = await reading.one(place, import_id)
    lines = await reading.lines(place, import_id, after=min(after, 10**6), only=only)
    return await page(
        request,
        "importing/import.html",
        status=status,
        place=place,
        brought=found,
        paces=steering.PACES,
        lines=lines[: reading.PAGE_OF_ROWS],
        more=len(lines) > reading.PAGE_OF_ROWS,
        only=only if only in reading.SHOWN else "",
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
    found = await reading.some(place, cursors.asked(request, "before"))
    shown, older = cursors.page(found, reading.PAGE, lambda each: each.key)
    return await page(
        request,
        "importing/imports.html",
        status=status,
        place=place,
        imports=shown,
        older=older,
        errors=errors or {},
    )
