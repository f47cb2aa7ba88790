"""Notices to fans, by a partner's programs: the same quota, quiet hours and owners' word as on the page."""

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.platform import answers, desk_shapes, desk_telling, once_key
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Key, Seen
from quanzi.platform.documented import CHANGE, DEED, READ, WRITE
from quanzi.reaching import policy, reading, sending, writing
from quanzi.reaching.writing import Words
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM

WRITES = {"scope": "notices:write"}


@get(
    "/circles/{circle:str}/notices",
    opt={"scope": "desk:read"},
    summary="Notices, the latest first",
    **READ,
)
async def list_notices(
    request: type_of_request, circle: FromPath[str]
) -> Response[list[desk_shapes.Notice]]:
    place = await place_at_desk(request, circle, policy.can_reach)
    told = [desk_telling.notice(each) for each in await reading.at_desk(place.circle.id)]
    return answers.page(request, desk_shapes.Notice, told, None)


@post(
    "/circles/{circle:str}/notices",
    opt=WRITES,
    summary="Write a notice, as a draft",
    request_max_body_size=SMALL_FORM,
    **WRITE,
)
async def write_notice(
    request: type_of_request,
    circle: FromPath[str],
    data: JSONBody[desk_shapes.NewNotice],
    key: Key = "",
) -> Response[desk_shapes.Notice]:
    place = await place_for_deed(request, circle, policy.can_reach)
    words = Words(
        data.title, data.body, data.link, data.segment_id, data.occasion, data.silent_days
    )
    notice_id = await writing.write(place, words, key=once_key.of(key))
    return answers.thing(
        request, desk_telling.notice(await reading.one(place, notice_id)), status=201
    )


@put(
    "/circles/{circle:str}/notices/{circle_notice_id:int}/sending",
    opt=WRITES,
    summary="Send it, now or at a time; or put one with an occasion to use",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def send_notice(
    request: type_of_request,
    circle: FromPath[str],
    circle_notice_id: FromPath[int],
    data: JSONBody[desk_shapes.Sending],
    seen: Seen = "",
) -> Response[desk_shapes.Notice]:
    """`If-Match`: the version that was read."""
    place = await place_for_deed(request, circle, policy.can_reach)
    found = await reading.one(place, circle_notice_id)
    at = forms.moment(data.send_at, "send_at", place.circle.time_zone)
    await sending.plan(place, found.id, at, version=answers.seen_version(seen))
    return answers.thing(request, desk_telling.notice(await reading.one(place, found.id)))


@delete(
    "/circles/{circle:str}/notices/{circle_notice_id:int}/sending",
    opt=WRITES,
    summary="Take it back, or stop it in the middle",
    **DEED,
)
async def stop_notice(
    request: type_of_request, circle: FromPath[str], circle_notice_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_reach)
    await sending.take_back(place, circle_notice_id)
    return answers.nothing()
