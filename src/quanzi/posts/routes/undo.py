"""Undoing what one did with a comment a moment ago."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.circles.access import Place
from quanzi.circles.routes import places
from quanzi.posts import undoing
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import Undo, see_or_tell

type_of_request = Request[Any, Any, Any]


@post(
    "/c/{circle:str}/p/{post_id:int}/comments/{comment_id:int}/restore",
    request_max_body_size=SMALL_FORM,
)
async def restore_comment(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int],
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    seq = await undoing.restore_comment(place, post_id, comment_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}#comment-{comment_id}", seq)


def comment_removed(circle: str, post_id: int, comment_id: int) -> Undo:
    here = f"/c/{circle}/p/{post_id}"
    return Undo(
        "comment",
        f"{here}/comments/{comment_id}/restore",
        f"{here}?undo=comment-{comment_id}#undo",
    )


async def on_post(request: type_of_request, place: Place, post_id: int) -> Undo | None:
    """What the page that is shown after the deed offers, as long as it can be done."""
    deed, comment_id = asked(request)
    if deed != "comment" or not await undoing.can_undo(place, post_id, comment_id):
        return None
    return comment_removed(place.circle.slug, post_id, comment_id)


def asked(request: type_of_request) -> tuple[str, int]:
    """`?undo=comment-7`: the deed, and what it was done to; nothing, for who is not signed in."""
    deed, _, thing = request.query_params.get("undo", "").partition("-")
    return deed, forms.whole(thing) or 0
