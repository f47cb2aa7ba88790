"""A circle's services, and their pictures."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.activity import tallying
from quanzi.circles import access
from quanzi.curation import offers
from quanzi.errors import NotFound
from quanzi.media import SIZES
from quanzi.media.incoming import store
from quanzi.offering import reading
from quanzi.offering.reading import Key
from quanzi.web import forms, sessions
from quanzi.web.responses import page, picture

type_of_request = Request[Any, Any, Any]

OPEN = {"open": "visitors see what a public circle offers to everybody; hidden ones are not found"}


@get("/c/{circle:str}/services", opt=OPEN)
async def show_services(request: type_of_request, circle: FromPath[str]) -> Response[bytes]:
    place = await access.place(circle, await sessions.viewer(request))
    station = request.app.state.station
    # The number first: what changes in between comes again over the live connection.
    seq = (await station.hub.stream(place.circle.id)).head
    _, shelf = await offers.fresh(place.circle.id)
    after = key_of(request.query_params.get("after", ""))
    found = await reading.for_everyone(place.circle.id, after)
    shown = found[: reading.PAGE]
    return await page(
        request,
        "offering/services.html",
        place=place,
        followers=await tallying.followers(place.circle.id),
        online=station.online(place.circle.id),
        version=shelf.version,
        services=shown,
        for_some=[] if after else await reading.for_some(place),
        more="{}-{}".format(*shown[-1].key) if len(found) > reading.PAGE else "",
        seq=seq,
        epoch=station.hub.epoch,
    )


@get("/c/{circle:str}/services/{service_id:int}/picture/{size:str}", opt=OPEN)
async def show_picture(
    request: type_of_request,
    circle: FromPath[str],
    service_id: FromPath[int],
    size: FromPath[str],
) -> Response[Any]:
    place = await access.place(circle, await sessions.viewer(request))
    service = await reading.one(place, service_id)
    size = size.removesuffix(".webp")
    if not service.picture or size not in SIZES:
        raise NotFound
    return picture(store().path(service.picture, size))


def key_of(typed: str) -> Key | None:
    """Where a page goes on, as `3-17`: the place and the service that were last."""
    place, _, service_id = typed.partition("-")
    numbers = forms.whole(place), forms.whole(service_id)
    if numbers[0] is None or numbers[1] is None or numbers[0] >= 2**31:
        return None
    return numbers[0], numbers[1]
