"""A member's own live connection, on pages that are not a circle's: how much is new for them."""

from typing import Any

from litestar import WebSocket, websocket

from quanzi.errors import SignInFirst
from quanzi.home import reading
from quanzi.home.reading import Key
from quanzi.live import personal
from quanzi.live.personal import MOST_TOLD, Own
from quanzi.web import cursors, i18n, sessions


@websocket("/live", opt={"open": "who is nobody is told so by the closing code, not by a 401"})
async def live(socket: WebSocket[Any, Any, Any]) -> None:
    async def admit(connection: WebSocket[Any, Any, Any]) -> Own:
        viewer = await sessions.fresh_viewer(connection)
        if viewer is None:
            raise SignInFirst
        circles = await reading.followed(viewer.member_id)
        return Own(
            member_id=viewer.member_id,
            session=viewer.session,
            until=viewer.until,
            language=i18n.language_of(connection),
            circles=[circle.circle_id for circle in circles],
        )

    async def new_since(own: Own, since: str) -> int:
        key = cursors.read(since)
        return await reading.count_since(own.member_id, Key(*key), MOST_TOLD) if key else 0

    await personal.serve(socket, socket.app.state.station, admit, new_since)
