"""A circle's review cases: read, claimed, decided, looked at a second time."""

import hashlib

import msgspec
from litestar import Response, delete, get, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.moderation import cases, claiming, deciding, policy, ruling, second_look
from quanzi.platform import answers, review_shapes, review_telling
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Cursor, Fields, Seen
from quanzi.platform.documented import CHANGE, DEED, READ
from quanzi.web import cursors
from quanzi.web.forms import SMALL_FORM
from quanzi.web.origins import own_origin

READS, WRITES = {"scope": "review:read"}, {"scope": "review:write"}
HERE = "/circles/{circle:str}/cases"
ONE = HERE + "/{case_id:int}"


@get(HERE, opt=READS, summary="Open cases, what is due first", **READ)
async def list_cases(
    request: type_of_request, circle: FromPath[str], after: Cursor = "", fields: Fields = ""
) -> Response[list[review_shapes.CaseHead]]:
    place = await place_at_desk(request, circle, policy.can_review)
    found = await cases.queue(place.circle.id, cursors.read(after))
    shown, more = cursors.page(found.cases, cases.PAGE, lambda each: each.key)
    told = [review_telling.head(own_origin(request), each) for each in shown]
    return answers.page(request, review_shapes.CaseHead, told, more, fields)


@get(ONE, opt=READS, summary="A case with all that its reviewer sees", **READ)
async def read_case(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int], fields: Fields = ""
) -> Response[review_shapes.Case]:
    """Its `ETag` names the words that were read: a decision needs it."""
    place = await place_at_desk(request, circle, policy.can_review)
    found = await cases.one(place, case_id)
    told = await review_telling.case(own_origin(request), place, found)
    whole = hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:12]
    return answers.thing(request, told, tag=f"{found.seen}.{whole}", fields=fields)


@put(f"{ONE}/claim", opt=WRITES, summary="Take it up, for ten minutes", **DEED)
async def claim_case(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_review)
    await claiming.claim(place, case_id)
    return answers.nothing()


@delete(f"{ONE}/claim", opt=WRITES, summary="Let it go", **DEED)
async def let_case_go(
    request: type_of_request, circle: FromPath[str], case_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_review)
    await claiming.let_go(place, case_id)
    return answers.nothing()


@put(
    f"{ONE}/decision",
    opt=WRITES,
    summary="Decide it; who claimed it may",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def decide_case(
    request: type_of_request,
    circle: FromPath[str],
    case_id: FromPath[int],
    data: JSONBody[review_shapes.Ruling],
    seen: Seen = "",
) -> Response[review_shapes.Ruled]:
    """`If-Match`: the ETag that was read; 412 when its author has changed the words since."""
    place = await place_for_deed(request, circle, policy.can_review)
    await cases.one(place, case_id)
    read = answers.seen_words(seen)
    ruled = ruling.read(
        place,
        category=data.category,
        action=data.action,
        measure=data.measure,
        days="" if data.days is None else str(data.days),
        credit=data.credit,
        reason=data.reason.replace("\x00", ""),
        pictures=data.pictures,
    )
    decision_id = await deciding.decide(place, case_id, ruled, read)
    return answers.thing(request, review_shapes.Ruled(decision_id=decision_id))


@put(
    f"{ONE}/second",
    opt=WRITES,
    summary="The second look at a ban, by somebody else",
    request_max_body_size=SMALL_FORM,
    **DEED,
)
async def look_again(
    request: type_of_request,
    circle: FromPath[str],
    case_id: FromPath[int],
    data: JSONBody[review_shapes.SecondLook],
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_review)
    await second_look.look(place, case_id, confirm=data.confirm)
    return answers.nothing()
