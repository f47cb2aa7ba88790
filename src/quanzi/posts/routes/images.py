"""Pictures, through the same door as their post."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.db.engine import row
from quanzi.errors import NotFound
from quanzi.media import SIZES
from quanzi.posts.pictures import store
from quanzi.web import sessions
from quanzi.web.responses import picture

type_of_request = Request[Any, Any, Any]


@get(
    "/c/{circle:str}/i/{name:str}/{size:str}",
    opt={"open": "visitors see what they read; a hidden circle's pictures are not found"},
)
async def show_image(
    request: type_of_request, circle: FromPath[str], name: FromPath[str], size: FromPath[str]
) -> Response[Any]:
    place = await access.place(circle, await sessions.viewer(request))
    size = size.removesuffix(".webp")
    known = size in SIZES and await row(
        """select 1 from image i join post p on p.circle_id = i.circle_id and p.id = i.post_id
           where i.circle_id = $1 and i.name = $2 and p.state <> 'removed'""",
        place.circle.id,
        name,
    )
    if not known:
        raise NotFound
    return picture(store().path(name, size))


@get(
    "/c/{circle:str}/cover/{size:str}",
    opt={"open": "visitors see a public circle's cover; a hidden one's is not found"},
)
async def show_cover(
    request: type_of_request, circle: FromPath[str], size: FromPath[str]
) -> Response[Any]:
    place = await access.front(circle, await sessions.viewer(request))
    size = size.removesuffix(".webp")
    if not place.circle.cover or size not in SIZES:
        raise NotFound
    return picture(store().path(place.circle.cover, size))
