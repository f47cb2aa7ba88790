"""The cover that somebody wishes for their circle: for them, and for who decides."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.applying import reading
from quanzi.errors import NotFound
from quanzi.media import SIZES
from quanzi.media.incoming import store
from quanzi.web import sessions
from quanzi.web.responses import picture

type_of_request = Request[Any, Any, Any]


@get("/applications/{application_id:int}/cover/{size:str}")
async def show_wished_cover(
    request: type_of_request, application_id: FromPath[int], size: FromPath[str]
) -> Response[Any]:
    application = await reading.one(await sessions.viewer(request), application_id)
    size = size.removesuffix(".webp")
    if not application.cover or size not in SIZES:
        raise NotFound
    return picture(store().path(application.cover, size))
