"""The circle's page."""

import uuid
from functools import partial
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.activity import reading as log
from quanzi.activity import seeing, tallying
from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.circles.policy import can_read
from quanzi.circles.thresholds import missing
from quanzi.curation import beginning, checked, showing
from quanzi.curation.routes import readers, undo
from quanzi.curation.routes.heads import head
from quanzi.curation.showing import Shown
from quanzi.db import replica
from quanzi.errors import Said
from quanzi.posts import carrying, reading, unsent
from quanzi.posts.drafts import TOPIC_LONGEST
from quanzi.posts.policy import can_plan, can_post
from quanzi.web import forms, i18n, sessions
from quanzi.web.forms import Form
from quanzi.web.responses import is_htmx, page

type_of_request = Request[Any, Any, Any]


@get("/c/{circle:str}", opt={"open": "visitors read public circles"})
async def show_circle(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    asked = request.scope["query_string"] and request.query_params.keys() - {"lang"}
    newest = not asked and not is_htmx(request)
    found, place = await readers.at_hand(request, circle) if newest else (None, None)
    if found is not None:
        return found
    place = place or await access.front(circle, await sessions.viewer(request))
    if not can_read(place):
        return await _front_page(request, place)
    topic = request.query_params.get("topic", "")[:TOPIC_LONGEST]
    return await circle_page(request, place, topic=topic, newest=newest)


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
        head=head(request, place, await tallying.followers(place.circle.id)),
        lacks=missing(place, "read"),
    )


async def circle_page(
    request: type_of_request,
    place: Place,
    *,
    status: int = 200,
    topic: str = "",
    newest: bool = False,
    form: Form | None = None,
    errors: dict[str, Said] | None = None,
) -> Response[bytes]:
    """For one person; with what they typed when it is refused. `newest`: as anybody opens it."""
    shown = await _shown(request, place, topic)
    streak = await checked.today(place) if shown.first else None
    held = await reading.held(place) if shown.first else []
    if newest and readers.alike(place) and not held and not sessions.acted_lately(request):
        return await readers.draw(request, place, shown, streak)
    seeing.page_shown(place.circle.id, shown.post_ids, place.member_id)
    return await page(
        request,
        "curation/circle.html",
        status=status,
        place=place,
        head=head(request, place, shown.followers),
        shown=shown,
        liked=shown.hearts,
        epoch=request.app.state.station.hub.epoch,
        topic=topic,
        may_post=can_post(place),
        streak=streak,
        steps=await beginning.steps(place) if shown.first else (),
        waiting=await reading.waiting(place) if can_plan(place) else [],
        held=held,
        services=await carrying.choices(place) if shown.first else [],
        outcome=request.query_params.get("outcome", ""),
        undo=await undo.on_circle(request, place),
        form=form or await begun(place),
        errors=errors or {},
    )


async def _shown(request: type_of_request, place: Place, topic: str) -> Shown:
    ask = partial(
        showing.show,
        place,
        i18n.language_of(request),
        before=_number(request, "before"),
        after=_number(request, "after"),
        topic=topic,
    )
    # Who is signed in may have done something that only the database itself has yet.
    if place.viewer is not None:
        return await ask()
    station = request.app.state.station

    async def is_ours() -> bool:
        return bool(await log.epoch() == station.hub.epoch)

    async def is_new_enough(shown: Shown) -> bool:
        return bool(await station.is_as_new(place.circle.id, shown.seq))

    return await replica.read(ask, is_ours, is_new_enough)


async def begun(place: Place) -> Form:
    """The composer's fields, with what they were writing if they were."""
    form = Form({"idempotency_key": str(uuid.uuid4())}, {})
    kept = await unsent.of(place)
    if kept is not None:
        form.values.update(body=kept.body, topics=kept.topics, publish_at=kept.publish_at)
    return form


def _number(request: type_of_request, name: str) -> int | None:
    return forms.whole(request.query_params.get(name, ""))
