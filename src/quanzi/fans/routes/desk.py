"""Fans at the desk: the list, one of them, and putting tags on those who are chosen."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid
from quanzi.fans import conditions as asking
from quanzi.fans import levels, listing, looking_at, policy, segments, tagging
from quanzi.fans.asked import offered
from quanzi.fans.conditions import Conditions
from quanzi.search.asking import LONGEST_TYPED, asked
from quanzi.web import cursors, forms
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]

HERE = "/c/{circle:str}/manage/fans"


@get(HERE)
async def show_fans(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`?q=` a name, `?segment=3`, or the conditions themselves by the fields of their form."""
    place = await place_at_desk(request, circle, policy.can_see)
    circle_id = place.circle.id
    form = Form(dict(request.query_params.items()), {})
    can_ask = await offered(circle_id)
    listed = await segments.listed(circle_id)
    chosen = next((each for each in listed if each.id == form.number("segment")), None)
    errors = {}
    try:
        wanted = chosen.conditions if chosen else can_ask.read(form)
    except Invalid as wrong:
        wanted, errors = Conditions(), wrong.fields
    words = asked(form["q"][:LONGEST_TYPED])
    after = cursors.read(form["after"])
    found = (
        await listing.called(circle_id, wanted, words, after)
        if words
        else await listing.page(circle_id, wanted, after)
    )
    return await page(
        request,
        "fans/desk.html",
        status=422 if errors else 200,
        place=place,
        offered=can_ask,
        segments=listed,
        chosen=chosen,
        wanted=wanted,
        form=Form(form.values | asking.typed(wanted), {}) if chosen else form,
        errors=errors,
        found=found,
        level_names=await levels.names(circle_id),
        level_of=levels.level_of,
        followers=await tallying.followers(circle_id),
    )


@get(f"{HERE}/m/{{member:str}}")
async def show_fan(
    request: type_of_request, circle: FromPath[str], member: FromPath[str]
) -> Response[bytes]:
    place = await place_at_desk(request, circle, policy.can_see)
    fan = await looking_at.one(place, member)
    return await page(
        request,
        "fans/fan.html",
        place=place,
        fan=fan,
        offered=await offered(place.circle.id),
        level_names=await levels.names(place.circle.id),
        level_of=levels.level_of,
    )


@post(f"{HERE}/tag", request_max_body_size=SMALL_FORM)
async def tag_fans(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`fan_{id}`: those who are chosen; `tag_id`; `do`: 'put' or 'take'; `back`: where they were."""
    place = await place_for_deed(request, circle, policy.can_manage)
    form = await forms.read(request)
    named = (name.removeprefix("fan_") for name in form.values if name.startswith("fan_"))
    chosen = [number for number in map(forms.whole, named) if number is not None]
    if chosen and form.number("tag_id"):
        deed = tagging.take if form["do"] == "take" else tagging.put
        await deed(place, form.number("tag_id") or 0, chosen)
    return see(forms.local(form["back"] or f"/c/{circle}/manage/fans"))
