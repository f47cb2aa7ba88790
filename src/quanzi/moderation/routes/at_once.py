"""Staff who come by something: they decide at once, from where it stands. And deleting one's own."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.curation import removing
from quanzi.curation.routes.undo import removed
from quanzi.errors import Invalid, NotAllowed, Said
from quanzi.moderation import deciding, policy
from quanzi.moderation.routes.case import ruled
from quanzi.moderation.ruling import Ruling
from quanzi.posts import comments, reading
from quanzi.posts import policy as posts
from quanzi.posts import removing as taking_away
from quanzi.posts.routes.undo import comment_removed
from quanzi.web import forms, limits, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import page, see_or_tell

type_of_request = Request[Any, Any, Any]
POST = "/c/{circle:str}/p/{post_id:int}"
COMMENT = POST + "/comments/{comment_id:int}"
# The same about a post and about one of its comments.
DECIDE = [f"{POST}/decide", f"{COMMENT}/decide"]
# Without a word on why: what the short way of old asks for.
UNSAID = Ruling("other", "remove", "", None, credit=False, reason="")


@get(DECIDE)
async def show_decide(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int] = 0,
) -> Response[bytes]:
    return await _form(request, await _place(request, circle), post_id, comment_id)


@post(DECIDE, request_max_body_size=SMALL_FORM)
async def decide(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int] = 0,
) -> Response[bytes]:
    place = await _place(request, circle)
    form = await forms.read(request)
    try:
        await deciding.at_once(place, post_id, comment_id, ruled(place, form))
    except Invalid as wrong:
        return await _form(request, place, post_id, comment_id, form=form, errors=wrong.fields)
    back = f"/c/{circle}/p/{post_id}#talk" if comment_id else f"/c/{circle}"
    return see_or_tell(request, back, 0)


@post(f"{POST}/delete", request_max_body_size=SMALL_FORM)
async def delete_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    """One's own, which can be undone for a while; for who reviews, a decision that can be appealed."""
    place = await _place(request, circle)
    found = await reading.one(place, post_id)
    if posts.can_remove(place, found):
        seq = await removing.remove(place, post_id)
        undo = removed(place.circle.slug, post_id) if seq else None
        return see_or_tell(request, f"/c/{circle}", seq, undo)
    await deciding.at_once(place, post_id, 0, UNSAID)
    return see_or_tell(request, f"/c/{circle}", 0)


@post(f"{COMMENT}/delete", request_max_body_size=SMALL_FORM)
async def delete_comment(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int],
) -> Response[bytes]:
    """As for a post."""
    place = await _place(request, circle)
    found = await comments.one(place, post_id, comment_id)
    if posts.can_remove(place, found):
        seq = await taking_away.remove_comment(place, post_id, comment_id)
        undo = comment_removed(place.circle.slug, post_id, comment_id) if seq else None
        return see_or_tell(request, f"/c/{circle}/p/{post_id}#talk", seq, undo)
    await deciding.at_once(place, post_id, comment_id, UNSAID)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}#talk", 0)


async def _form(
    request: type_of_request,
    place: Place,
    post_id: int,
    comment_id: int,
    *,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    if not policy.can_review(place):
        raise NotAllowed
    return await page(
        request,
        "moderation/decide.html",
        status=422 if errors else 200,
        place=place,
        post_id=post_id,
        comment_id=comment_id,
        thing=await deciding.subject(place, post_id, comment_id),
        form=form or Form({"action": "remove", "credit": "on"}, {}),
        errors=errors or {},
    )


async def _place(request: type_of_request, circle: str) -> Place:
    place = await access.place(circle, await sessions.viewer(request))
    if request.method == "POST":
        await limits.hold(limits.DEEDS, place.member_id)
    return place
