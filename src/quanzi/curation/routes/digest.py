"""The circle's best: the page of them, and what is one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles import access
from quanzi.circles.routes import places
from quanzi.curation import digesting
from quanzi.posts import liking
from quanzi.posts.drawing import drawings
from quanzi.posts.feed import Entry
from quanzi.web import cursors, i18n, sessions
from quanzi.web.forms import SMALL_FORM
from quanzi.web.responses import page, see_or_tell

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}/digest", opt={"open": "visitors read public circles"})
async def show_digest(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    language, station = i18n.language_of(request), request.app.state.station
    stream = await station.hub.stream(place.circle.id)
    # The number first: what changes in between comes again over the live connection.
    seq, epoch = stream.head, station.hub.epoch
    before = cursors.asked(request, "before")
    found, older = cursors.page(
        await digesting.digested(place.circle.id, before),
        digesting.PAGE,
        lambda line: (line["at"], line["id"]),
    )
    entries = [Entry(*tuple(line)[:5]) for line in found]
    html = await drawings(place.circle.id, entries, language)
    return await page(
        request,
        "curation/digest.html",
        place=place,
        followers=await tallying.followers(place.circle.id),
        online=station.online(place.circle.id),
        posts=[html[entry.id] for entry in entries if entry.id in html],
        liked=await liking.liked(place, [entry.id for entry in entries]),
        first=before is None,
        older=older,
        seq=seq,
        epoch=epoch,
    )


@post("/c/{circle:str}/p/{post_id:int}/digest", request_max_body_size=SMALL_FORM)
async def digest_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    seq = await digesting.digest(place, post_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", seq)


@post("/c/{circle:str}/p/{post_id:int}/undigest", request_max_body_size=SMALL_FORM)
async def undigest_post(
    request: type_of_request, circle: FromPath[str], post_id: FromPath[int]
) -> Response[bytes]:
    place = await places.place_for_deed(request, circle)
    seq = await digesting.undigest(place, post_id)
    return see_or_tell(request, f"/c/{circle}/p/{post_id}", seq)
