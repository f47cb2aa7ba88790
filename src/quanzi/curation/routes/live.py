"""The circle's live connection, and the same news by plain request for who has no websocket."""

from typing import Any

from litestar import MediaType, Request, Response, WebSocket, get, websocket
from litestar.connection import ASGIConnection
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.live import catching
from quanzi.live.log import Audience
from quanzi.live.socket import Admitted, serve
from quanzi.web import forms, i18n, sessions

OPEN = {"open": "visitors see public circles live; `access.place` hides the others"}


@websocket("/c/{circle:str}/live", opt=OPEN)
async def live(socket: WebSocket[Any, Any, Any], circle: FromPath[str]) -> None:
    async def admit(connection: WebSocket[Any, Any, Any]) -> Admitted:
        viewer = await sessions.fresh_viewer(connection)
        place = await access.place(circle, viewer)
        return Admitted(
            circle_id=place.circle.id,
            audience=_audience(connection),
            session=viewer.session if viewer else None,
            member_id=viewer.member_id if viewer else None,
            until=viewer.until if viewer else None,
        )

    await serve(socket, socket.app.state.station, admit)


@get("/c/{circle:str}/missed", opt=OPEN)
async def missed(request: Request[Any, Any, Any], circle: FromPath[str]) -> Response[bytes]:
    """`?epoch=…&after=…`: one `batch` or `reset` frame, as the websocket would send it."""
    place = await access.place(circle, await sessions.viewer(request))
    hub = request.app.state.station.hub
    stream = await hub.stream(place.circle.id)
    await hub.advance(stream)
    after = forms.whole(request.query_params.get("after", ""))
    epoch = request.query_params.get("epoch", "")
    seq = -1 if after is None else after
    payload = await catching.as_request(hub, stream, epoch, seq, _audience(request))
    return Response(payload, media_type=MediaType.JSON, headers={"cache-control": "no-store"})


def _audience(connection: ASGIConnection[Any, Any, Any, Any]) -> Audience:
    """`?post=5`: the page of one post, which shows its comments; `?collection=5`: of a collection."""
    post_id = forms.whole(connection.query_params.get("post", "")) or 0
    collection_id = forms.whole(connection.query_params.get("collection", "")) or 0
    return Audience(i18n.language_of(connection), post_id, collection_id)
