"""One post: reading it, changing its words."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.errors import Conflict, Invalid, NotAllowed
from quanzi.posts import editing, policy, reading
from quanzi.posts.drawing import draw
from quanzi.web import forms, i18n, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see_or_tell

type_of_request = Request[Any, Any, Any]


@get(
    "/c/{circle:str}/p/{post_id:int}",
    opt={"open": "visitors read posts; a hidden circle's are not found"},
)
async def show_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    station = request.app.state.station
    stream = await station.hub.stream(place.circle.id)
    # The number first: what changes in between comes again over the live connection.
    seq, epoch = stream.head, station.hub.epoch
    found = await reading.one(place, post_id)
    return await page(
        request,
        "posts/show.html",
        place=place,
        post=found,
        html=draw(found, i18n.language_of(request)),
        seq=seq,
        epoch=epoch,
    )


@get("/c/{circle:str}/p/{post_id:int}/edit")
async def show_edit(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    found = await reading.one(place, post_id)
    if not policy.can_edit_post(place, found):
        raise NotAllowed
    return await page(
        request,
        "posts/edit.html",
        place=place,
        post=found,
        body=found.body,
        version=found.version,
        errors={},
        theirs=None,
    )


@post("/c/{circle:str}/p/{post_id:int}/edit", request_max_body_size=SMALL_FORM)
async def edit_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    form = await forms.read(request)
    try:
        seq = await editing.edit(place, post_id, form["body"], form.number("version") or 0)
    except (Invalid, Conflict) as refusal:
        found = await reading.one(place, post_id)
        stale = isinstance(refusal, Conflict)
        return await page(
            request,
            "posts/edit.html",
            status=409 if stale else 422,
            place=place,
            post=found,
            body=form["body"],
            # After a conflict the newest is shown beside what was typed; saving again is a choice.
            version=found.version if stale else form.number("version") or 0,
            errors={} if stale else refusal.fields,  # type: ignore[union-attr]
            theirs=found.body if stale else None,
        )
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", seq)
