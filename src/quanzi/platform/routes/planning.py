"""What is planned: another time, none yet, now; an owner's word; what comes again."""

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid
from quanzi.planning import policy, series
from quanzi.planning.routes.rules import NO_TIME
from quanzi.planning.routes.series import wanted
from quanzi.platform import answers, desk_telling, once_key, plan_shapes, shapes
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Key, Seen
from quanzi.platform.documented import CHANGE, DEED, READ, WRITE
from quanzi.posts import approving, reading, replanning
from quanzi.web import forms
from quanzi.web.forms import SMALL_FORM, Form

WRITES = {"scope": "plan:write"}
PLANNED = "/circles/{circle:str}/plan/{planned_id:int}"
SERIES = "/circles/{circle:str}/series"


@put(
    f"{PLANNED}/time",
    opt=WRITES,
    summary="Give a draft a time, or a planned post another",
    request_max_body_size=SMALL_FORM,
    **DEED,
)
async def set_time(
    request: type_of_request,
    circle: FromPath[str],
    planned_id: FromPath[int],
    data: JSONBody[plan_shapes.Time],
) -> Response[None]:
    """Held to the circle's pace, as on its calendar."""
    place = await place_for_deed(request, circle, policy.can_plan)
    await reading.one(place, planned_id)
    at = forms.moment(data.publish_at, "publish_at", place.circle.time_zone)
    if at is None:
        raise Invalid(publish_at=NO_TIME)
    await replanning.move(place, planned_id, at)
    return answers.nothing()


@delete(f"{PLANNED}/time", opt=WRITES, summary="Take its time away: a draft again", **DEED)
async def take_time(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_plan)
    await replanning.keep(place, planned_id)
    return answers.nothing()


@post(f"{PLANNED}/now", opt=WRITES, summary="Let it come out now", status_code=200, **WRITE)
async def bring_out(
    request: type_of_request, circle: FromPath[str], planned_id: FromPath[int]
) -> Response[shapes.Done]:
    """0 while it has to be looked at, or agreed to, first."""
    place = await place_for_deed(request, circle, policy.can_plan)
    return answers.thing(request, shapes.Done(seq=await replanning.out_now(place, planned_id)))


@put(
    f"{PLANNED}/word",
    opt=WRITES,
    summary="An owner's word about what waits for it",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def give_word(
    request: type_of_request,
    circle: FromPath[str],
    planned_id: FromPath[int],
    data: JSONBody[plan_shapes.Word],
    seen: Seen = "",
) -> Response[shapes.Done]:
    """`If-Match`: the ETag of the post that was read; 412 when it has got other words since."""
    place = await place_for_deed(request, circle, policy.can_plan)
    await reading.one(place, planned_id)
    version, seq = answers.seen_version(seen), 0
    if data.agreed:
        seq = await approving.approve(place, planned_id, version)
    else:
        await approving.decline(place, planned_id, data.note)
    return answers.thing(request, shapes.Done(seq=seq))


@get(SERIES, opt={"scope": "desk:read"}, summary="What comes again, the latest first", **READ)
async def list_series(
    request: type_of_request, circle: FromPath[str]
) -> Response[list[plan_shapes.Series]]:
    """Also what waits for an owner's word."""
    place = await place_at_desk(request, circle, policy.can_plan)
    found = await series.running([place.circle.id])
    return answers.page(
        request, plan_shapes.Series, [desk_telling.series(each) for each in found], None
    )


@post(
    SERIES,
    opt=WRITES,
    summary="Start something that comes again",
    request_max_body_size=SMALL_FORM,
    **WRITE,
)
async def start_series(
    request: type_of_request,
    circle: FromPath[str],
    data: JSONBody[plan_shapes.NewSeries],
    key: Key = "",
) -> Response[plan_shapes.Series]:
    """The same `Idempotency-Key` again starts nothing twice."""
    place = await place_for_deed(request, circle, policy.can_plan)
    made = await series.start(place, wanted(_typed(data)), key=once_key.of(key))
    return answers.thing(request, desk_telling.series(await series.one(place, made)), status=201)


@delete(f"{SERIES}/{{series_id:int}}", opt=WRITES, summary="End it, with its days to come", **DEED)
async def end_series(
    request: type_of_request, circle: FromPath[str], series_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_plan)
    await series.end(place, series_id)
    return answers.nothing()


@put(
    f"{SERIES}/{{series_id:int}}/word",
    opt=WRITES,
    summary="An owner agrees to all its days at once",
    **DEED,
)
async def agree_to_series(
    request: type_of_request, circle: FromPath[str], series_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_plan)
    await series.agree(place, series_id)
    return answers.nothing()


def _typed(data: plan_shapes.NewSeries) -> Form:
    """As the calendar's form has it."""
    return Form(
        {
            "body": data.body,
            "topics": " ".join(data.topics),
            "every": data.every,
            "time": data.time,
            "first_day": data.first_day.isoformat(),
            "last_day": data.last_day.isoformat() if data.last_day else "",
            "month_day": str(data.month_day),
            "pin_hours": str(data.pin_hours),
            **{f"weekday_{day}": "1" for day in data.weekdays},
        },
        {},
    )
