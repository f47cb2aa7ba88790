"""The circle's page."""

import uuid
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from quanzi.activity import seeing, tallying
from quanzi.circles import access
from quanzi.circles import live as circles
from quanzi.circles.access import Place
from quanzi.circles.policy import can_read
from quanzi.circles.thresholds import missing
from quanzi.curation import checked, showing, visitors
from quanzi.curation.visitors import Kept
from quanzi.errors import Said
from quanzi.posts import carrying, reading, unsent
from quanzi.posts.drafts import TOPIC_LONGEST
from quanzi.posts.policy import can_plan, can_post
from quanzi.web import forms, i18n, packing, sessions
from quanzi.web.forms import Form
from quanzi.web.responses import language_cookie, nonce, page
from quanzi.web.templates import render

type_of_request = Request[Any, Any, Any]

VISITORS = {
    "cache-control": "private, no-cache",
    "vary": "Accept-Language, Cookie, HX-Request, Accept-Encoding",
}


@get("/c/{circle:str}", opt={"open": "visitors read public circles"})
async def show_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    asked = request.scope["query_string"] and request.query_params.keys() - {"lang"}
    if sessions.token(request) or asked:
        place = await access.front(circle, await sessions.viewer(request))
        if not can_read(place):
            return await _front_page(request, place)
        topic = request.query_params.get("topic", "")[:TOPIC_LONGEST]
        return await circle_page(request, place, topic=topic)
    return await _visitors_page(request, circle)


@get("/c/{circle:str}/topics/{topic:path}", opt={"open": "visitors read public circles"})
async def show_topic(
    request: type_of_request, circle: FromPath[str], topic: FromPath[str]
) -> Response[bytes]:
    """What has been said under `#topic#` in this circle."""
    place = await access.place(circle, await sessions.viewer(request))
    return await circle_page(request, place, topic=topic.lstrip("/")[:TOPIC_LONGEST])


async def _front_page(request: type_of_request, place: Place) -> Response[bytes]:
    """For who may know of the circle and lacks what it asks of its readers."""
    return await page(
        request,
        "circles/front.html",
        place=place,
        head=_head(
            request,
            place,
            await tallying.followers(place.circle.id),
            i18n.language_of(request),
        ),
        lacks=missing(place, "read"),
    )


async def circle_page(
    request: type_of_request,
    place: Place,
    *,
    status: int = 200,
    topic: str = "",
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """For one person; with what they typed when it is refused."""
    language = i18n.language_of(request)
    shown = await showing.show(
        place,
        language,
        before=_number(request, "before"),
        after=_number(request, "after"),
        topic=topic,
    )
    seeing.page_shown(place.circle.id, shown.post_ids, place.member_id)
    return await page(
        request,
        "curation/circle.html",
        status=status,
        place=place,
        head=_head(request, place, shown.followers, language),
        shown=shown,
        epoch=request.app.state.station.hub.epoch,
        topic=topic,
        may_post=can_post(place),
        streak=await checked.today(place) if shown.first else None,
        waiting=await reading.waiting(place) if can_plan(place) else [],
        held=await reading.held(place) if shown.first else [],
        services=await carrying.choices(place) if shown.first else [],
        outcome=request.query_params.get("outcome", ""),
        form=form or await begun(place),
        errors=errors or {},
    )


async def begun(place: Place) -> Form:
    """The composer's fields, with what they were writing if they were."""
    form = Form({"idempotency_key": str(uuid.uuid4())}, {})
    kept = await unsent.of(place)
    if kept is not None:
        form.values.update(body=kept.body, topics=kept.topics, publish_at=kept.publish_at)
    return form


async def _visitors_page(request: type_of_request, circle: str) -> Response[bytes]:
    language = i18n.language_of(request)
    station = request.app.state.station
    found = visitors.kept(station, circle, language)
    if found is None:
        place = await access.front(circle, None)
        if not can_read(place):
            return await _front_page(request, place)
        found = await _draw(request, place, language)
    seeing.page_shown(found.stream.circle_id, found.post_ids)
    headers = {**VISITORS, "etag": found.etag}
    if request.headers.get("if-none-match") == found.etag:
        return Response(b"", status_code=304, headers=headers)
    packed = packing.unpacks(request)
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(
        found.packed_body(nonce(request)) if packed else found.body(nonce(request)),
        media_type=MediaType.HTML,
        headers=headers,
        cookies=language_cookie(request),
    )


async def _draw(request: type_of_request, place: Place, language: str) -> Kept:
    station = request.app.state.station
    stream = await station.hub.stream(place.circle.id)
    shown = await showing.show(place, language, before=None, after=None, topic="")
    html = render(
        "curation/circle.html",
        language,
        request=request,
        viewer=None,
        nonce=visitors.NONCE,
        csrf_token="",
        place=place,
        head=_head(request, place, shown.followers, language),
        shown=shown,
        epoch=station.hub.epoch,
        topic="",
        may_post=False,
        streak=None,
        waiting=[],
        held=[],
        services=[],
        outcome="",
        form=None,
        errors={},
    )
    return visitors.keep(
        station,
        stream,
        place.circle.slug,
        language,
        seq=shown.seq,
        html=html,
        post_ids=shown.post_ids,
    )


def _head(request: type_of_request, place: Place, followers: int, language: str) -> str:
    online = request.app.state.station.online(place.circle.id)
    return circles.draw(place.circle, followers, language, online)


def _number(request: type_of_request, name: str) -> int | None:
    return forms.whole(request.query_params.get(name, ""))
