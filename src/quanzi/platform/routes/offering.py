"""Services and who booked them."""

from litestar import Response, get, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.routes import places
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.moderation import reporting
from quanzi.offering import answering, inbox, policy, reading
from quanzi.offering.inbox import Wanted
from quanzi.offering.routes.circle import key_of
from quanzi.platform import answers, desk_shapes, desk_telling, shapes
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Cursor
from quanzi.platform.documented import DEED, READ
from quanzi.web import cursors
from quanzi.web.forms import SMALL_FORM
from quanzi.web.origins import own_origin


@get(
    "/circles/{circle:str}/services",
    opt={"scope": "circles:read"},
    summary="Services that stand there for whoever asks",
    **READ,
)
async def list_services(
    request: type_of_request, circle: FromPath[str], after: Cursor = ""
) -> Response[list[desk_shapes.Service]]:
    """With the first page those that are for some, when the key's owner is among them."""
    place = await places.place(request, circle)
    found = await reading.for_everyone(place.circle.id, key_of(after))
    shown = found[: reading.PAGE]
    then = "{}-{}".format(*shown[-1].key) if len(found) > reading.PAGE else None
    mine = [] if after else await reading.for_some(place)
    told = [
        desk_telling.service(own_origin(request), place.circle.slug, each)
        for each in (*mine, *shown)
    ]
    return answers.page(request, desk_shapes.Service, told, then)


@post(
    "/circles/{circle:str}/services/{service_id:int}/reports",
    opt={"scope": "talk:write"},
    summary="Report a service",
    request_max_body_size=SMALL_FORM,
    **DEED,
)
async def report_service(
    request: type_of_request,
    circle: FromPath[str],
    service_id: FromPath[int],
    data: JSONBody[shapes.NewReport],
) -> Response[None]:
    """Twice about the same changes nothing."""
    place = await places.place_for_deed(request, circle)
    await reporting.report_service(place, service_id, category=data.category, note=data.note)
    return answers.nothing()


@get(
    "/circles/{circle:str}/requests",
    opt={"scope": "desk:read"},
    summary="Bookings, the latest first",
    **READ,
)
async def list_requests(
    request: type_of_request, circle: FromPath[str], after: Cursor = ""
) -> Response[list[desk_shapes.ServiceRequest]]:
    place = await place_at_desk(request, circle, policy.can_manage)
    found = await inbox.of_circle(place, Wanted(before=cursors.read(after)))
    shown, more = cursors.page(found, inbox.PAGE, lambda each: each.key)
    told = [desk_telling.request(each) for each in shown]
    return answers.page(request, desk_shapes.ServiceRequest, told, more)


@put(
    "/circles/{circle:str}/requests/{service_request_id:int}/state",
    opt={"scope": "services:write"},
    summary="Accept a booking, decline it, or say that it is done",
    request_max_body_size=SMALL_FORM,
    **DEED,
)
async def answer_request(
    request: type_of_request,
    circle: FromPath[str],
    service_request_id: FromPath[int],
    data: JSONBody[desk_shapes.Decided],
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_manage)
    await answering.answer(place, service_request_id, data.state, note=data.note)
    return answers.nothing()
