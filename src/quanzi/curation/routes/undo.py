"""Undoing what one did with a post a moment ago."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes import places
from quanzi.curation import undoing
from quanzi.posts import undoing as posts
from quanzi.posts.routes.undo import asked
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import Undo, see_or_tell

type_of_request = Request[Any, Any, Any]


@post("/c/{circle:str}/p/{post_id:int}/restore", request_max_body_size=SMALL_FORM)
async def restore_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    seq = await undoing.restore(place, post_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", seq)


@post("/c/{circle:str}/p/{post_id:int}/repin", request_max_body_size=SMALL_FORM)
async def repin_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    seq = await undoing.repin(place, post_id)
    return see_or_tell(request, f"/c/{circle}", seq)


def removed(circle: str, post_id: int) -> Undo:
    return Undo("post", f"/c/{circle}/p/{post_id}/restore", f"/c/{circle}?undo=post-{post_id}#undo")


def unpinned(circle: str, post_id: int) -> Undo:
    return Undo("pin", f"/c/{circle}/p/{post_id}/repin", f"/c/{circle}?undo=pin-{post_id}#undo")


async def on_circle(request: type_of_request, place: Place) -> Undo | None:
    """What the page that is shown after the deed offers, as long as it can be done."""
    deed, post_id = asked(request)
    if deed == "post" and await posts.can_undo(place, post_id):
        return removed(place.circle.slug, post_id)
    if deed == "pin" and await undoing.can_repin(place, post_id):
        return unpinned(place.circle.slug, post_id)
    return None
