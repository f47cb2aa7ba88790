"""Frames for other sites, and what tells these that there are some."""

import json
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from quanzi.activity import seeing
from quanzi.live.stream import Stream
from quanzi.platform import embedding, kept_frames, oembed
from quanzi.platform.embedding import DEFAULT, FEW, Embedded
from quanzi.platform.kept_frames import Frame, Key
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
    asked = forms.whole(request.query_params.get("posts", "")) or DEFAULT
    most = max(1, min(asked, FEW))
    language = i18n.language_of(request)
    key = (circle, f"newest {most}", language)
    found = kept_frames.kept(request.app.state.station, key)
    if found is None:
        place = await embedding.place_of(circle)
        stream = await request.app.state.station.hub.stream(place.circle.id)
        shown = await embedding.of_circle(place, language, most)
        found = _drawn(request, stream, key, shown, insert="yes")
    return _framed(request, found)


@get("/embed/c/{circle:str}/p/{post_id:int}", opt=OPEN)
async def show_embedded_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    language = i18n.language_of(request)
    key = (circle, f"post {post_id}", language)
    found = kept_frames.kept(request.app.state.station, key)
    if found is None:
        place = await embedding.place_of(circle)
        # The number first: what changes in between comes again over the live connection.
        stream = await request.app.state.station.hub.stream(place.circle.id)
        shown = await embedding.of_post(place, post_id, language, seq=stream.head)
        found = _drawn(request, stream, key, shown, insert="no")
    return _framed(request, found)


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


def _drawn(
    request: type_of_request, stream: Stream, key: Key, shown: Embedded, *, insert: str
) -> Frame:
    station = request.app.state.station
    html = render(
        "platform/embed.html",
        key[-1],
        request=request,
        viewer=None,
        nonce=kept_frames.NONCE,
        csrf_token="",
        shown=shown,
        insert=insert,
        epoch=station.hub.epoch,
    )
    return kept_frames.keep(station, stream, key, seq=shown.seq, html=html, post_ids=shown.post_ids)


def _framed(request: type_of_request, found: Frame) -> Response[bytes]:
    seeing.page_shown(found.stream.circle_id, found.post_ids)
    let_others_frame(request)
    headers = {"cache-control": "private, no-cache", "vary": "Accept-Language", "etag": found.etag}
    if request.headers.get("if-none-match") == found.etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(
        found.body(nonce(request)),
        media_type=MediaType.HTML,
        headers=headers,
        cookies=language_cookie(request),
    )
