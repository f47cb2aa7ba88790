"""Pictures, through the same door as their post."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import row
from quanzi.errors import NotFound
from quanzi.media import SIZES
from quanzi.posts import policy
from quanzi.posts.pictures import store
from quanzi.web import sessions
from quanzi.web.responses import picture

type_of_request = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class _Post:
    author_id: int
    by_staff: bool
    state: str


@get(
    "/c/{circle:str}/i/{name:str}/{size:str}",
    opt={"open": "visitors see what they read; a hidden circle's pictures are not found"},
)
async def show_image(
    request: type_of_request, circle: FromPath[str], name: FromPath[str], size: FromPath[str]
) -> Response[Any]:
    place = await access.place(circle, await sessions.viewer(request))
    size = size.removesuffix(".webp")
    if size not in SIZES or not await _may_see(place, name):
        raise NotFound
    return picture(store().path(name, size))


async def _may_see(place: Place, name: str) -> bool:
    """As its post; and when that was taken away, who reviews may still look at what was decided."""
    found = await row(
        """select p.author_id, p.by_staff, p.state, exists (
                  select 1 from withheld w where w.circle_id = $1 and w.post_id = p.id
                  and w.comment_id = 0 and w.undo_until is null) as decided
           from (select post_id from image where circle_id = $1 and name = $2
                 union all
                 (select post_id from post_link where circle_id = $1 and picture = $2
                  and state = 'shown' limit 1)) i
           join post p on p.circle_id = $1 and p.id = i.post_id""",
        place.circle.id,
        name,
    )
    if found is None:
        return False
    post = _Post(found["author_id"], found["by_staff"], found["state"])
    return policy.can_see(place, post) or (
        post.state == "removed" and found["decided"] and policy.can_review(place)
    )


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
