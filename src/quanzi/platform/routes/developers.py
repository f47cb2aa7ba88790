"""How a program begins: a key, a request, what may go wrong."""

from typing import Any

from litestar import Request, Response, get

from quanzi.platform.doors import PROGRAMS
from quanzi.platform.scopes import SCOPES
from quanzi.web.origins import own_origin
from quanzi.web.responses import page

READ_FIRST = {"open": "whoever writes a program reads first what there is"}


@get("/developers", opt=READ_FIRST)
async def show_developers(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await page(
        request,
        "platform/developers.html",
        origin=own_origin(request),
        scopes=SCOPES,
        pace=PROGRAMS,
    )
