"""Following somebody, and leaving them."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, post
from litestar.params import FromPath

from quanzi.identity.sessions import Viewer
from quanzi.people import following
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import fragment, is_htmx, see

type_of_request = Request[Any, Any, Any]


@post("/m/{handle:str}/follow", request_max_body_size=SMALL_FORM)
async def follow_member(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    await following.follow(await _viewer(request), handle)
    return await _answer(request, handle, follows=True)


@post("/m/{handle:str}/unfollow", request_max_body_size=SMALL_FORM)
async def unfollow_member(request: type_of_request, handle: FromPath[str]) -> Response[bytes]:
    await following.unfollow(await _viewer(request), handle)
    return await _answer(request, handle, follows=False)


async def _viewer(request: type_of_request) -> Viewer | None:
    viewer: Viewer | None = await sessions.viewer(request)
    await limits.hold(limits.DEEDS, viewer.member_id if viewer else "")
    return viewer


async def _answer(request: type_of_request, handle: str, *, follows: bool) -> Response[bytes]:
    if is_htmx(request):
        return await fragment(
            request, "people/_follow.html", handle=handle.lower(), follows=follows
        )
    # Back to where the button stood: the profile, or the page of suggestions.
    form = await forms.read(request)
    return see(forms.local(form["next"]) if form["next"] else f"/m/{quote(handle)}")
