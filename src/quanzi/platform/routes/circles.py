"""Circles, and being among who follow one."""

from typing import Any

from litestar import Response, delete, get, put
from litestar.params import FromPath, FromQuery

from quanzi.activity import tallying
from quanzi.circles import directory, following
from quanzi.circles.access import Shown
from quanzi.circles.access import shown as shown_circle
from quanzi.circles.routes import places
from quanzi.platform import answers, shapes, telling
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import LIMIT, After, Fields, Size
from quanzi.platform.documented import DEED, READ
from quanzi.web.origins import own_origin


@get("/me", opt={"scope": "circles:read"}, summary="Whose key this is", **READ)
async def show_me(request: type_of_request) -> Response[shapes.Me]:
    bearer = request.scope["state"]["bearer"]
    return answers.thing(
        request,
        shapes.Me(
            handle=bearer.viewer.handle,
            name=bearer.viewer.name,
            scopes=sorted(bearer.scopes),
            key_ends_at=bearer.viewer.until,
        ),
    )


@get("/circles", opt={"scope": "circles:read"}, summary="Public circles, the oldest first", **READ)
async def list_circles(
    request: type_of_request,
    category: FromQuery[str] = "",
    after: After = 0,
    limit: Size = LIMIT,
    fields: Fields = "",
) -> Response[list[shapes.Circle]]:
    """`category`: only of this one."""
    found = await directory.circles(category, after, size=limit)
    here = [_of_directory(line) for line in found[:limit]]
    counted = await tallying.read({each.id: [tallying.FOLLOWERS] for each in here})
    return answers.page(
        request,
        shapes.Circle,
        [
            telling.circle(own_origin(request), each, counted[each.id][tallying.FOLLOWERS])
            for each in here
        ],
        here[-1].id if len(found) > limit else None,
        fields,
    )


@get("/circles/{circle:str}", opt={"scope": "circles:read"}, summary="A circle", **READ)
async def read_circle(
    request: type_of_request, circle: FromPath[str], fields: Fields = ""
) -> Response[shapes.Circle]:
    place = await places.front(request, circle)
    followers = await tallying.followers(place.circle.id)
    tag = f"{place.circle.version}.{followers}.{place.role}.{place.follows:d}"
    told = telling.circle(own_origin(request), place.circle, followers, place)
    return answers.thing(request, told, tag=tag, fields=fields)


@put("/circles/{circle:str}/follow", opt={"scope": "talk:write"}, summary="Follow it", **DEED)
async def follow(request: type_of_request, circle: FromPath[str]) -> Response[None]:
    await following.follow(await places.front_for_deed(request, circle))
    return answers.nothing()


@delete("/circles/{circle:str}/follow", opt={"scope": "talk:write"}, summary="Unfollow it", **DEED)
async def unfollow(request: type_of_request, circle: FromPath[str]) -> Response[None]:
    await following.unfollow(await places.front_for_deed(request, circle))
    return answers.nothing()


def _of_directory(line: Any) -> Shown:
    return shown_circle({name: value for name, value in line.items() if name not in MORE})


MORE = {"head", "latest"}
