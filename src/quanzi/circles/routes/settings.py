"""What a circle says of itself, and changing that."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles import access, changing, directory, policy
from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid, Said
from quanzi.media import MOST_BYTES
from quanzi.media.incoming import taken_in
from quanzi.web import forms, sessions
from quanzi.web.forms import Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

# A picture, and as much as a form without one may have.
MOST_BODY = MOST_BYTES + 1024 * 1024
FIELDS = ("name", "name_en", "intro", "rules", "posting")


@get("/c/{circle:str}/about", opt={"open": "visitors read the rules before they join"})
async def show_about(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.front(circle, await sessions.viewer(request))
    return await page(
        request,
        "circles/about.html",
        place=place,
        followers=await tallying.followers(place.circle.id),
        online=request.app.state.station.online(place.circle.id),
    )


@get("/c/{circle:str}/manage/settings")
async def show_settings(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_change)
    now = {name: getattr(place.circle, name) for name in FIELDS}
    now["category"] = place.circle.category_slug
    now["hidden"] = "on" if place.circle.hidden else ""
    return await _shown(request, place, Form(now, {}))


@post("/c/{circle:str}/manage/settings", request_max_body_size=MOST_BODY)
async def change_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await place_for_deed(request, circle, policy.can_change)
    form = await forms.read(request)
    try:
        files = await forms.contents(form, "cover", most=MOST_BYTES)
        async with taken_in(files, field="cover", most=1) as taken:
            await changing.change(
                place,
                **{name: form[name] for name in FIELDS},
                hidden=form.ticked("hidden"),
                category=form["category"],
                cover=taken[0].name if taken else "",
            )
    except Invalid as wrong:
        return await _shown(request, place, form, status=422, errors=wrong.fields)
    return see(f"/c/{circle}")


async def _shown(
    request: type_of_request,
    place: Place,
    form: Form,
    *,
    status: int = 200,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    return await page(
        request,
        "circles/settings.html",
        status=status,
        place=place,
        categories=await directory.categories(place.circle.category_slug),
        form=form,
        errors=errors or {},
    )
