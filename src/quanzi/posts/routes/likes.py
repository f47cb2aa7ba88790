"""Liking, and taking it back."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.circles.routes import places
from quanzi.posts import liking
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import see_or_tell

type_of_request = Request[Any, Any, Any]


@post("/c/{circle:str}/p/{post_id:int}/like", request_max_body_size=SMALL_FORM)
async def like_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    await liking.like(await places.place_for_deed(request, circle), post_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", 0)


@post("/c/{circle:str}/p/{post_id:int}/unlike", request_max_body_size=SMALL_FORM)
async def unlike_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    await liking.unlike(await places.place_for_deed(request, circle), post_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", 0)
