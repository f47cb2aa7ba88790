"""Frames for other sites, and what tells these that there are some."""

import json
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from quanzi.activity import seeing
from quanzi.platform import embedding, oembed
from quanzi.platform.embedding import DEFAULT, Embedded
from quanzi.web import forms, i18n
from quanzi.web.front import let_others_frame
from quanzi.web.origins import own_origin
from quanzi.web.responses import language_cookie, nonce
from quanzi.web.templates import render

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "a frame on another site has no session; it shows what visitors read"}


@get("/embed/c/{circle:str}", opt=OPEN)
async def show_embedded(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    """`?posts=`: how many at first."""
    place = await embedding.place_of(circle)
    most = forms.whole(request.query_params.get("posts", "")) or DEFAULT
    return _framed(
        request, await embedding.of_circle(place, i18n.language_of(request), most), insert="yes"
    )


@get("/embed/c/{circle:str}/p/{post_id:int}", opt=OPEN)
async def show_embedded_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await embedding.place_of(circle)
    # The number first: what changes in between comes again over the live connection.
    seq = (await request.app.state.station.hub.stream(place.circle.id)).head
    language = i18n.language_of(request)
    return _framed(request, await embedding.of_post(place, post_id, language, seq=seq), insert="no")


@get("/oembed", opt=OPEN)
async def describe_embed(request: type_of_request) -> Response[bytes]:
    asked = request.query_params
    if asked.get("format", "json") != "json":
        return Response(b"", status_code=501)
    found = await oembed.described(
        own_origin(request),
        asked.get("url", ""),
        forms.whole(asked.get("maxwidth", "")),
        forms.whole(asked.get("maxheight", "")),
    )
    return Response(
        json.dumps(found, ensure_ascii=False).encode(),
        media_type="application/json",
        headers={"access-control-allow-origin": "*"},
    )


def _framed(request: type_of_request, shown: Embedded, *, insert: str) -> Response[bytes]:
    seeing.page_shown(shown.circle.id, shown.post_ids)
    let_others_frame(request)
    language = i18n.language_of(request)
    html = render(
        "platform/embed.html",
        language,
        request=request,
        viewer=None,
        nonce=nonce(request),
        csrf_token="",
        shown=shown,
        insert=insert,
        epoch=request.app.state.station.hub.epoch,
    )
    return Response(
        html.encode(),
        media_type=MediaType.HTML,
        headers={"cache-control": "private, no-cache", "vary": "Accept-Language"},
        cookies=language_cookie(request),
    )
