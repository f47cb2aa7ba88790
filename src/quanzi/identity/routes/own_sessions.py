"""Where I am signed in, and ending that."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.errors import NotFound
from quanzi.identity import sessions as verbs
from quanzi.web import sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see

type_of_request = Request[Any, Any, Any]


@get("/me/sessions")
async def show_sessions(request: type_of_request) -> Response[bytes]:
    own = await verbs.own(await sessions.viewer(request))
    return await page(request, "identity/sessions.html", sessions=own)


@post("/me/sessions/{session:str}/end", request_max_body_size=SMALL_FORM)
async def end_session(request: type_of_request, session: FromPath[str]) -> Response[bytes]:
    try:
        session_id = bytes.fromhex(session)
    except ValueError:
        raise NotFound from None
    await verbs.end(await sessions.viewer(request), session_id)
    sessions.forget_all()
    return see("/me/sessions")


@post("/me/sessions/end-others", request_max_body_size=SMALL_FORM)
async def end_others(request: type_of_request) -> Response[bytes]:
    await verbs.end_others(await sessions.viewer(request))
    sessions.forget_all()
    return see("/me/sessions")
