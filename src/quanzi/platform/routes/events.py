"""A circle's numbered log, for programs: asked for, or listened to."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import ServerSentEvent

from quanzi.circles.routes import places
from quanzi.platform import answers, happened, shapes, streaming
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import LIMIT, Cursor, Size
from quanzi.platform.documented import READ


@get(
    "/circles/{circle:str}/events",
    opt={"scope": "circles:read"},
    summary="What happened after a number, in order",
    **READ,
)
async def list_events(
    request: type_of_request,
    circle: FromPath[str],
    after: Cursor = "",
    limit: Size = LIMIT,
) -> Response[shapes.Events]:
    """`after`: the `next` of the last answer; without it from now on. `reset`: read all again.

    With `Accept: text/event-stream` the answer stays open and brings what happens, each with an `id`
    that `Last-Event-ID` names after an interruption.
    """
    place = await places.place(request, circle)
    if "text/event-stream" in request.headers.get("accept", ""):
        since = request.headers.get("last-event-id", "") or after
        # Where it begins is settled before the answer begins: what comes meanwhile is news.
        begun = await happened.after(place.circle.id, since, 1)
        return _stay(request, circle, place.circle.id, since or begun.next)
    return answers.thing(request, await happened.after(place.circle.id, after, limit))


def _stay(request: type_of_request, circle: str, circle_id: int, since: str) -> Response[Any]:
    bearer = request.scope["state"]["bearer"]
    streaming.let_in(bearer)
    reader = streaming.Reader(bearer, circle, circle_id, since)
    told = streaming.told(request.app.state.station, reader)
    return ServerSentEvent(told, headers={"cache-control": "no-store", "x-accel-buffering": "no"})
