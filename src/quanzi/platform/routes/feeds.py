"""A circle's feeds: what a visitor may read, and no more, whoever asks."""

import hashlib
from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.circles import access
from quanzi.platform import feeds
from quanzi.platform.feeds import Feed
from quanzi.web.origins import own_origin

OPEN = {"open": "readers of feeds have no session; they get what visitors read"}
# Each time it is asked whether it still holds: what was removed must be gone.
KEPT = {"cache-control": "private, no-cache"}


@get("/c/{circle:str}/feed.atom", opt=OPEN)
async def show_atom(request: Request[Any, Any, Any], circle: FromPath[str]) -> Response[bytes]:
    return await _show(request, circle, feeds.atom, "application/atom+xml; charset=utf-8")


@get("/c/{circle:str}/feed.json", opt=OPEN)
async def show_json(request: Request[Any, Any, Any], circle: FromPath[str]) -> Response[bytes]:
    return await _show(request, circle, feeds.json_feed, "application/feed+json; charset=utf-8")


async def _show(
    request: Request[Any, Any, Any], circle: str, written: Callable[[Feed], bytes], kind: str
) -> Response[bytes]:
    place = await access.place(circle, None)
    body = written(await feeds.of(own_origin(request), place.circle))
    headers = {**KEPT, "etag": f'"{hashlib.sha256(body).hexdigest()[:20]}"'}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
