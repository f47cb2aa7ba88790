"""A partner's desk for its programs: what is planned, fans, notices, bookings and figures."""

from datetime import timedelta
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, QueryParameter

from quanzi import clock
from quanzi.circles.routes.desk import place_at_desk
from quanzi.fans import listing, segments
from quanzi.fans import policy as fans
from quanzi.fans.segments import EVERYBODY
from quanzi.insights import daily, scope
from quanzi.insights import policy as insights
from quanzi.planning import calendar
from quanzi.planning import policy as planning
from quanzi.platform import answers, desk_shapes, desk_telling, fans_asked
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Cursor, Fields
from quanzi.platform.documented import READ
from quanzi.web import cursors, forms

DESK = {"scope": "desk:read"}
AHEAD, FURTHEST = timedelta(days=60), timedelta(days=400)

When = Annotated[str, QueryParameter(max_length=60, description="ISO 8601; the circle's zone.")]
Days = Annotated[int, QueryParameter(name="days", ge=7, le=90, description="So many, up to today.")]


@get("/circles/{circle:str}/plan", opt=DESK, summary="What stands on the calendar", **READ)
async def read_plan(
    request: type_of_request, circle: FromPath[str], start: When = "", end: When = ""
) -> Response[list[desk_shapes.Planned]]:
    """From now for sixty days, or between two times at most 400 days apart; then what has no time."""
    place = await place_at_desk(request, circle, planning.can_plan)
    zone = place.circle.time_zone
    begins = forms.moment(start, "start", zone) or clock.now()
    ends = min(forms.moment(end, "end", zone) or begins + AHEAD, begins + FURTHEST)
    found = await calendar.read([place.circle], begins, ends)
    return answers.page(
        request, desk_shapes.Planned, [desk_telling.planned(each) for each in found], None
    )


@get("/circles/{circle:str}/fans", opt=DESK, summary="Fans, the latest first", **READ)
async def list_fans(
    request: type_of_request, circle: FromPath[str], after: Cursor = "", fields: Fields = ""
) -> Response[list[desk_shapes.Fan]]:
    place = await place_at_desk(request, circle, fans.can_see)
    found = await listing.page(place.circle.id, EVERYBODY, cursors.read(after))
    then = cursors.cursor(found.after) if found.after else None
    told = [desk_telling.fan(each) for each in found.fans]
    return answers.page(request, desk_shapes.Fan, told, then, fields)


@get("/circles/{circle:str}/segments", opt=DESK, summary="Segments of fans, by name", **READ)
async def list_segments(
    request: type_of_request, circle: FromPath[str]
) -> Response[list[desk_shapes.Segment]]:
    place = await place_at_desk(request, circle, fans.can_see)
    found = await segments.listed(place.circle.id)
    told = [
        desk_shapes.Segment(
            id=each.id,
            name=each.name,
            version=each.version,
            conditions=fans_asked.told(each.conditions),
        )
        for each in found
    ]
    return answers.page(request, desk_shapes.Segment, told, None)


@get("/circles/{circle:str}/insights", opt=DESK, summary="Figures by day", **READ)
async def read_insights(
    request: type_of_request, circle: FromPath[str], days: Days = 28
) -> Response[list[desk_shapes.Day]]:
    place = await place_at_desk(request, circle, insights.can_see)
    found = await daily.read(scope.of_circle(place, days))
    return answers.page(
        request, desk_shapes.Day, [desk_telling.day(each) for each in found.days], None
    )
