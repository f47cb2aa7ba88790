"""One post with what is said about it, and changing its words."""

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import seeing
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Said
from quanzi.posts import (
    captions,
    carding,
    carrying,
    comments,
    drawing,
    editing,
    liking,
    policy,
    reading,
    talking,
)
from quanzi.posts.carrying import Offer
from quanzi.posts.comments import Talk
from quanzi.posts.reading import Post
from quanzi.posts.routes import undo
from quanzi.web import forms, i18n, sessions
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.responses import is_htmx, page, see_or_tell

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "visitors read posts; a hidden circle's are not found"}


@get("/c/{circle:str}/p/{post_id:int}", opt=OPEN)
async def show_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    answer = await post_page(request, place, post_id)
    seeing.post_opened(place.circle.id, post_id, place.member_id)
    return answer


@get("/c/{circle:str}/p/{post_id:int}/t/{comment_id:int}", opt=OPEN)
async def show_thread(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int],
) -> Response[bytes]:
    """One thread with all its replies."""
    place = await access.place(circle, await sessions.viewer(request))
    return await post_page(request, place, post_id, thread_id=comment_id)


async def post_page(
    request: type_of_request,
    place: Place,
    post_id: int,
    *,
    thread_id: int = 0,
    status: int = 200,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """With the comment they typed when it is refused."""
    language = i18n.language_of(request)
    station = request.app.state.station
    stream = await station.hub.stream(place.circle.id)
    # The number first: what changes in between comes again over the live connection.
    seq, epoch = stream.head, station.hub.epoch
    found = await reading.one(place, post_id)
    talk = await _talk(place, post_id, thread_id, _number(request, "after"))
    return await page(
        request,
        "posts/show.html",
        status=status,
        place=place,
        post=found,
        html=drawing.draw(found, language),
        talk=_drawn(talk, language),
        thread_id=thread_id,
        held=await comments.held(place, post_id),
        waits=policy.can_edit_post(place, found) and await editing.waits(place, post_id),
        outcome=request.query_params.get("outcome", ""),
        undo=await undo.on_post(request, place, post_id),
        liked=await liking.liked(place, [post_id]),
        answered=await _answered(request, place, post_id, form),
        form=form or Form({"idempotency_key": str(uuid.uuid4())}, {}),
        errors=errors or {},
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
        card=await carding.wish(place.circle.id, post_id),
        services=await _services(place, found),
        form=Form({}, {}),
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
        seq = await _edit(place, post_id, form)
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
            card=await carding.wish(place.circle.id, post_id),
            services=await _services(place, found),
            form=form,
            errors={} if stale else refusal.fields,  # type: ignore[union-attr]
            theirs=found.body if stale else None,
        )
    if is_htmx(request) and await editing.waits(place, post_id):
        return await page(request, "posts/edit_waits.html", place=place, post_id=post_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", seq)


async def _edit(place: Place, post_id: int, form: Form) -> int:
    """Pictures and card only where the form shows them."""
    said = None
    if "alt-1" in form.values:
        found = await reading.one(place, post_id)
        said = captions.read(form.values, len(found.pictures))
    return await editing.edit(
        place,
        post_id,
        form["body"],
        form.number("version") or 0,
        said=said,
        card=form.ticked("card") if form.ticked("card_known") else None,
        service=form.number("service") or 0 if "service" in form.values else None,
    )


async def _services(place: Place, post: Post) -> list[Offer]:
    """Of which it may carry one; also the one that it carries by now."""
    if not post.by_staff:
        return []
    found = await carrying.choices(place)
    carried = post.service
    if carried and found and carried.id not in {each.id for each in found}:
        found.append(carried)
    return found


async def _talk(place: Place, post_id: int, thread_id: int, after: int) -> Talk:
    if not thread_id:
        return await comments.talk(place, post_id, after)
    thread, later = await comments.thread(place, post_id, thread_id, after)
    return Talk((thread,), later)


def _drawn(talk: Talk, language: str) -> dict[str, Any]:
    """As the template needs it: each thread's comments drawn, its root first."""
    threads = [
        {
            "id": thread.root.id,
            "comments": [talking.draw(each, language) for each in (thread.root, *thread.replies)],
            "more": thread.more,
        }
        for thread in talk.threads
    ]
    return {"threads": threads, "later": talk.later}


async def _answered(
    request: type_of_request, place: Place, post_id: int, form: Form | None
) -> comments.Comment | None:
    """The comment that the form replies to: chosen by `?reply=`, or by what was typed before."""
    wanted = _number(request, "reply") or (form.number("reply_to") if form else None)
    if not wanted:
        return None
    try:
        return await comments.one(place, post_id, wanted)
    except NotFound:
        return None


def _number(request: type_of_request, name: str) -> int:
    return forms.whole(request.query_params.get(name, "")) or 0
