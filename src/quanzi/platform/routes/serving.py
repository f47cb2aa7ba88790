"""Services at the desk: made as drafts, changed, asked about, shown and ended, put in order."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, JSONBody

from quanzi.circles.access import Place
from quanzi.circles.routes.desk import place_at_desk, place_for_deed
from quanzi.errors import Invalid
from quanzi.media import MOST_BYTES
from quanzi.media.incoming import discard, taken_in
from quanzi.offering import cards, policy, questions, reading, showing, writing
from quanzi.offering.cards import Card
from quanzi.platform import answers, desk_telling, once_key, service_shapes, shapes
from quanzi.platform.answers import type_of_request
from quanzi.platform.asked import Fields, Key, Seen
from quanzi.platform.documented import CHANGE, DEED, READ, WRITE
from quanzi.web import limits
from quanzi.web.forms import SMALL_FORM, Form
from quanzi.web.origins import own_origin

READS, WRITES = {"scope": "desk:read"}, {"scope": "services:write"}
HERE = "/circles/{circle:str}/desk/services"
ONE = HERE + "/{service_id:int}"
# A picture in base64, and as much as a card without one may have.
MOST_DOCUMENT = MOST_BYTES * 4 // 3 + SMALL_FORM


@get(HERE, opt=READS, summary="All services, drafts and ended ones too, in their order", **READ)
async def list_all_services(
    request: type_of_request, circle: FromPath[str], fields: Fields = ""
) -> Response[list[service_shapes.ServiceAtDesk]]:
    place = await place_at_desk(request, circle, policy.can_manage)
    found = await reading.at_desk(place.circle.id)
    told = [desk_telling.service_at_desk(own_origin(request), circle, each) for each in found]
    return answers.page(request, service_shapes.ServiceAtDesk, told, None, fields)


@get(ONE, opt=READS, summary="A service as its desk has it", **READ)
async def read_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int], fields: Fields = ""
) -> Response[service_shapes.ServiceAtDesk]:
    place = await place_at_desk(request, circle, policy.can_manage)
    return await _told(request, place, service_id, fields=fields)


@post(
    HERE,
    opt=WRITES,
    summary="Make a service, as a draft",
    request_max_body_size=MOST_DOCUMENT,
    **WRITE,
)
async def make_service(
    request: type_of_request,
    circle: FromPath[str],
    data: JSONBody[service_shapes.NewService],
    key: Key = "",
) -> Response[service_shapes.ServiceAtDesk]:
    """The same `Idempotency-Key` again makes nothing twice."""
    place = await place_for_deed(request, circle, policy.can_manage)
    await limits.hold(limits.POSTING, place.member_id)
    card = _card(place, data)
    async with taken_in([data.picture] if data.picture else [], field="picture", most=1) as taken:
        picture = taken[0].name if taken else ""
        made, again = await writing.make(place, card, key=once_key.of(key), picture=picture)
    if again and picture:
        await discard(picture)
    return await _told(request, place, made, status=201)


@put(
    ONE,
    opt=WRITES,
    summary="Change its card, the whole of it",
    request_max_body_size=MOST_DOCUMENT,
    **CHANGE,
)
async def change_service(
    request: type_of_request,
    circle: FromPath[str],
    service_id: FromPath[int],
    data: JSONBody[service_shapes.NewService],
    seen: Seen = "",
) -> Response[service_shapes.ServiceAtDesk]:
    """`If-Match`: the ETag that was read; 412 when it has changed since."""
    place = await place_for_deed(request, circle, policy.can_manage)
    await reading.one(place, service_id)
    version = answers.seen_version(seen)
    await limits.hold(limits.POSTING, place.member_id)
    card = _card(place, data)
    async with taken_in([data.picture] if data.picture else [], field="picture", most=1) as taken:
        picture = taken[0].name if taken else ""
        await writing.change(place, service_id, card, version=version, picture=picture)
    return await _told(request, place, service_id)


@put(
    f"{ONE}/questions",
    opt=WRITES,
    summary="Say what is asked of who books it, all of it",
    request_max_body_size=SMALL_FORM,
    **CHANGE,
)
async def design_questions(
    request: type_of_request,
    circle: FromPath[str],
    service_id: FromPath[int],
    data: JSONBody[service_shapes.Questions],
    seen: Seen = "",
) -> Response[service_shapes.ServiceAtDesk]:
    """`If-Match`: the ETag that was read; 412 when it has changed since."""
    place = await place_for_deed(request, circle, policy.can_manage)
    await reading.one(place, service_id)
    version = answers.seen_version(seen)
    with _named_by_place():
        asked = questions.checked(questions.typed(_typed(data.questions)))
        await writing.design(place, service_id, asked, version=version)
    return await _told(request, place, service_id)


@put(
    f"{ONE}/state",
    opt=WRITES,
    summary="Show it, from its start on; end it; show it again",
    request_max_body_size=SMALL_FORM,
    **WRITE,
)
async def show_service(
    request: type_of_request,
    circle: FromPath[str],
    service_id: FromPath[int],
    data: JSONBody[service_shapes.Showing],
) -> Response[shapes.Done]:
    place = await place_for_deed(request, circle, policy.can_manage)
    deed = showing.show if data.state == "shown" else showing.end
    return answers.thing(request, shapes.Done(seq=await deed(place, service_id)))


@put(
    f"{ONE}/place",
    opt=WRITES,
    summary="Put it somewhere else among the others",
    request_max_body_size=SMALL_FORM,
    **WRITE,
)
async def move_service(
    request: type_of_request,
    circle: FromPath[str],
    service_id: FromPath[int],
    data: JSONBody[service_shapes.Position],
) -> Response[shapes.Done]:
    place = await place_for_deed(request, circle, policy.can_manage)
    return answers.thing(request, shapes.Done(seq=await showing.move(place, service_id, data.to)))


@delete(ONE, opt=WRITES, summary="Delete it; refused while bookings wait", **DEED)
async def delete_service(
    request: type_of_request, circle: FromPath[str], service_id: FromPath[int]
) -> Response[None]:
    place = await place_for_deed(request, circle, policy.can_manage)
    await showing.delete(place, service_id)
    return answers.nothing()


async def _told(
    request: type_of_request, place: Place, service_id: int, *, fields: str = "", status: int = 200
) -> Response[service_shapes.ServiceAtDesk]:
    found = await reading.one(place, service_id)
    return answers.thing(
        request,
        desk_telling.service_at_desk(own_origin(request), place.circle.slug, found),
        tag=f"{found.version}.{found.place}",
        fields=fields,
        status=status,
    )


def _card(place: Place, data: service_shapes.NewService) -> Card:
    """Raises Invalid. Read as the desk's form is: one set of rules for both."""
    typed = {
        **{name: getattr(data, name) for name in ("title", "body", "price", "link", "segment")},
        **{name: getattr(data, name) for name in ("starts_at", "ends_at")},
        "way": "link" if data.link else "request",
        "least": str(data.least),
        "segment_id": "" if data.segment_id is None else str(data.segment_id),
        "kept_days": str(data.kept_days),
    }
    return cards.read(Form(typed, {}), place.circle.time_zone)


def _typed(asked: list[service_shapes.Question]) -> dict[str, str]:
    """As the designer's form has them."""
    return {
        f"q{n}_{name}": value
        for n, each in enumerate(asked)
        for name, value in {
            "key": each.key,
            "kind": each.kind,
            "label": each.label,
            "help": each.help,
            "required": "1" if each.required else "",
            "choices": "\n".join(each.choices),
        }.items()
    }


@contextmanager
def _named_by_place() -> Iterator[None]:
    """What the form calls `q0_label`, the document calls `questions.0.label`."""
    try:
        yield
    except Invalid as wrong:
        named = {
            re.sub(r"^q(\d+)_", r"questions.\1.", name): why for name, why in wrong.fields.items()
        }
        raise Invalid(**named) from wrong
