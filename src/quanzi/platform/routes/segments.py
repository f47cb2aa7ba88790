"""Segments of a circle's fans: made, counted, changed, withdrawn."""

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.fans import counting, grouping, policy, segments, using
from quanzi.platform import answers, fan_shapes, fans_asked, once_key
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Fields, Key, Seen
from quanzi.platform.documented import CHANGE, DEED, READ, WRITE
from quanzi.web.forms import SMALL_FORM

READS, WRITES = {"scope": "desk:read"}, {"scope": "fans:write"}
HERE = "/circles/{circle:str}/segments"
ONE = HERE + "/{segment_id:int}"


@get(ONE, opt=READS, summary="A segment, with how many are in it now", **READ)
async def read_segment(
    request: type_of_request, circle: FromPath[str], segment_id: FromPath[int], fields: Fields = ""
) -> Response[fan_shapes.SegmentCounted]:
    place = await place_at_desk(request, circle, policy.can_see)
    return await _told(request, place, segment_id, fields=fields)


@post(
    f"{HERE}/count",
    opt=READS,
    summary="How many fans meet conditions",
    request_max_body_size=SMALL_FORM,
    status_code=200,
    **READ,
)
async def count_fans(
    request: type_of_request, circle: FromPath[str], data: JSONBody[fan_shapes.Asked]
) -> Response[fan_shapes.Counted]:
    """Keeps nothing. Nothing asked: all fans."""
    place = await place_at_desk(request, circle, policy.can_see)
    wanted = await fans_asked.read(place.circle.id, data.conditions)
    found = await counting.counted(place.circle.id, wanted)
    return answers.thing(request, fan_shapes.Counted(fans=found.n, about=found.about))


@post(HERE, opt=WRITES, summary="Make a segment", request_max_body_size=SMALL_FORM, **WRITE)
async def make_segment(
    request: type_of_request,
    circle: FromPath[str],
    data: JSONBody[fan_shapes.NewSegment],
    key: Key = "",
) -> Response[fan_shapes.SegmentCounted]:
    """The same `Idempotency-Key` again makes nothing twice."""
    place = await place_for_deed(request, circle, policy.can_manage)
    wanted = await fans_asked.read(place.circle.id, data.conditions)
    made = await grouping.make(place, data.name, wanted, key=once_key.of(key))
    return await _told(request, place, made, status=201)


@put(
    ONE,
    opt=WRITES,
    summary="Change its name and its conditions, all of them",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def change_segment(
    request: type_of_request,
    circle: FromPath[str],
    segment_id: FromPath[int],
    data: JSONBody[fan_shapes.NewSegment],
    seen: Seen = "",
) -> Response[fan_shapes.SegmentCounted]:
    """`If-Match`: the ETag that was read; 412 when it has changed since."""
    place = await place_for_deed(request, circle, policy.can_manage)
    await segments.one(place.circle.id, segment_id)
    version = answers.seen_version(seen)
    wanted = await fans_asked.read(place.circle.id, data.conditions)
    await grouping.change(place, segment_id, data.name, wanted, version=version)
    return await _told(request, place, segment_id)


@delete(ONE, opt=WRITES, summary="Withdraw it; refused while something names it", **DEED)
async def withdraw_segment(
    request: type_of_request, circle: FromPath[str], segment_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_manage)
    await grouping.withdraw(place, segment_id)
    return answers.nothing()


async def _told(
    request: type_of_request, place: Place, segment_id: int, *, fields: str = "", status: int = 200
) -> Response[fan_shapes.SegmentCounted]:
    found = await segments.one(place.circle.id, segment_id)
    counted = await counting.counted(place.circle.id, found.conditions)
    told = fan_shapes.SegmentCounted(
        id=found.id,
        name=found.name,
        version=found.version,
        conditions=fans_asked.told(found.conditions),
        count=fan_shapes.Counted(fans=counted.n, about=counted.about),
        used_by=list(await using.of_segment(place.circle.id, found.id)),
    )
    # Who is in it changes by itself, so the tag names that, too.
    tag = f"{found.version}.{counted.n}.{len(told.used_by)}"
    return answers.thing(request, told, tag=tag, fields=fields, status=status)
