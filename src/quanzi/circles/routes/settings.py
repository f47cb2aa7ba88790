"""What a circle says of itself, and changing that."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles import access, changing, policy
from quanzi.errors import Invalid, NotFound
from quanzi.web import forms, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

FIELDS = ("name", "name_en", "intro", "rules", "posting")


@get("/c/{circle:str}/about", opt={"open": "visitors read the rules before they join"})
async def show_about(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    return await page(
        request,
        "circles/about.html",
        place=place,
        followers=await tallying.followers(place.circle.id),
        online=request.app.state.station.online(place.circle.id),
    )


@get("/c/{circle:str}/manage/settings")
async def show_settings(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await _place_to_change(request, circle)
    now = {name: getattr(place.circle, name) for name in FIELDS}
    now["hidden"] = "on" if place.circle.hidden else ""
    return await page(request, "circles/settings.html", place=place, form=now, errors={})


@post("/c/{circle:str}/manage/settings", request_max_body_size=SMALL_FORM)
async def change_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await _place_to_change(request, circle)
    form = await forms.read(request)
    typed = {name: form[name] for name in FIELDS}
    try:
        await changing.change(place, **typed, hidden=form.ticked("hidden"))
    except Invalid as wrong:
        shown = {**typed, "hidden": "on" if form.ticked("hidden") else ""}
        return await page(
            request,
            "circles/settings.html",
            status=422,
            place=place,
            form=shown,
            errors=wrong.fields,
        )
    return see(f"/c/{circle}")


async def _place_to_change(request: type_of_request, circle: str) -> access.Place:
    place = await access.place(circle, await sessions.viewer(request))
    if not policy.can_change(place):
        raise NotFound
    return place
