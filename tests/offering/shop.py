"""What the tests of services say again and again."""

import uuid
from typing import Any

from quanzi.offering import answers, cards, questions, reading, requesting, showing, writing
from quanzi.offering.questions import Question
from quanzi.offering.reading import Service
from quanzi.web.forms import Form
from tests.people import CIRCLE, Person

PHONE = Question("aaaaaaaa", "phone", "电话", required=True)
WISH = Question("bbbbbbbb", "long", "想说的")
TYPED = {"a_aaaaaaaa": "138 0000 0000", "a_bbbbbbbb": "想跑十公里"}


def card(title: str = "夜跑陪跑", **typed: str) -> cards.Card:
    given = {"title": title, "way": "link" if "link" in typed else "request", "segment": "everyone"}
    return cards.read(Form({**given, **typed}, {}), "Asia/Shanghai")


async def drafted(
    by: Person, title: str = "夜跑陪跑", *asked: Question, circle: str = CIRCLE, **typed: str
) -> int:
    place = await by.place(circle)
    service_id, _ = await writing.make(place, card(title, **typed), key=uuid.uuid4())
    if asked:
        await writing.design(place, service_id, questions.checked(asked), version=1)
    return service_id


async def offers(by: Person, title: str = "夜跑陪跑", *asked: Question, **typed: str) -> int:
    """It is shown, from its start on."""
    service_id = await drafted(by, title, *asked, **typed)
    await showing.show(await by.place(typed.get("circle", CIRCLE)), service_id)
    return service_id


async def changes(by: Person, service_id: int, **typed: str) -> int:
    """Its whole card anew."""
    service = await found(by, service_id)
    return await writing.change(
        await by.place(), service_id, card(**typed), version=service.version
    )


async def found(by: Person, service_id: int, circle: str = CIRCLE) -> Service:
    return await reading.one(await by.place(circle), service_id)


async def asks(
    who: Person,
    service_id: int,
    *,
    key: uuid.UUID | None = None,
    circle: str = CIRCLE,
    **typed: Any,
) -> int:
    """The id of the request."""
    place = await who.place(circle)
    service = await reading.one(place, service_id)
    given = {answers.field(each): TYPED.get(answers.field(each), "") for each in service.questions}
    return await requesting.request(
        place, service_id, given | typed, version=service.version, key=key or uuid.uuid4()
    )
