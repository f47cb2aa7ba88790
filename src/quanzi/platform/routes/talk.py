"""What is said about a post: comments, likes, reports."""

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.routes import places
from quanzi.moderation import reporting
from quanzi.platform import answers, once_key, shapes, telling
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import After, Key
from quanzi.platform.documented import DEED, READ, WRITE
from quanzi.posts import commenting, comments, liking, reading, removing
from quanzi.web import limits
from quanzi.web.forms import SMALL_FORM
from quanzi.web.origins import own_origin


@get(
    "/circles/{circle:str}/posts/{post_id:int}/comments",
    opt={"scope": "circles:read"},
    summary="Threads, the oldest first, each with its first replies",
    **READ,
)
async def list_comments(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    after: After = 0,
) -> Response[list[shapes.Thread]]:
    place = await places.place(request, circle)
    await reading.published(place, post_id)
    found = await comments.talk(place, post_id, after)
    return answers.page(
        request, shapes.Thread, [telling.thread(each) for each in found.threads], found.later
    )


@get(
    "/circles/{circle:str}/posts/{post_id:int}/comments/{comment_id:int}",
    opt={"scope": "circles:read"},
    summary="One thread with more of its replies",
    **READ,
)
async def read_thread(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int],
    after: After = 0,
) -> Response[list[shapes.Thread]]:
    place = await places.place(request, circle)
    await reading.published(place, post_id)
    found, later = await comments.thread(place, post_id, comment_id, after)
    return answers.page(request, shapes.Thread, [telling.thread(found)], later)


@post(
    "/circles/{circle:str}/posts/{post_id:int}/comments",
    opt={"scope": "talk:write"},
    summary="Say something, or answer",
    request_max_body_size=SMALL_FORM,
    status_code=201,
    **WRITE,
)
async def write_comment(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    data: JSONBody[shapes.NewComment],
    key: Key = "",
) -> Response[shapes.Written]:
    place = await places.place(request, circle)
    await limits.hold(limits.COMMENTING, place.member_id)
    done = await commenting.comment(
        place, post_id, data.body, reply_to=data.reply_to, key=once_key.of(key)
    )
    return answers.thing(
        request,
        shapes.Written(
            id=done.comment_id,
            seq=done.seq or None,
            outcome=done.outcome,
            url=f"{own_origin(request)}/c/{circle}/p/{post_id}#comment-{done.comment_id}",
        ),
        status=201,
    )


@delete(
    "/circles/{circle:str}/posts/{post_id:int}/comments/{comment_id:int}",
    opt={"scope": "talk:write"},
    summary="Take a comment away",
    **DEED,
)
async def remove_comment(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    comment_id: FromPath[int],
) -> Response[None]:
    await removing.remove_comment(await places.place_for_deed(request, circle), post_id, comment_id)
    return answers.nothing()


@put(
    "/circles/{circle:str}/posts/{post_id:int}/like",
    opt={"scope": "talk:write"},
    summary="Like it",
    **DEED,
)
async def like(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[None]:
    await liking.like(await places.place_for_deed(request, circle), post_id)
    return answers.nothing()


@delete(
    "/circles/{circle:str}/posts/{post_id:int}/like",
    opt={"scope": "talk:write"},
    summary="Like it no longer",
    **DEED,
)
async def unlike(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[None]:
    await liking.unlike(await places.place_for_deed(request, circle), post_id)
    return answers.nothing()


@post(
    "/circles/{circle:str}/posts/{post_id:int}/reports",
    opt={"scope": "talk:write"},
    summary="Report it",
    request_max_body_size=SMALL_FORM,
    status_code=204,
    **WRITE,
)
async def report(
    request: type_of_request,
    circle: FromPath[str],
    post_id: FromPath[int],
    data: JSONBody[shapes.NewReport],
) -> Response[None]:
    """Twice about the same changes nothing."""
    place = await places.place_for_deed(request, circle)
    await reporting.report(place, post_id, 0, category=data.category, note=data.note)
    return answers.nothing()
