"""Notices, as the tests of this room write and send them."""

import uuid
from typing import Any

from quanzi.db.engine import rows
from quanzi.reaching import due, reading, sending, writing
from quanzi.reaching.writing import Words
from tests.people import Person


async def written(person: Person, title: str = "周末约跑", **more: Any) -> int:
    words = Words(title, more.pop("body", "周六早上七点，海心沙集合。"), **more)
    return await writing.write(await person.place(), words, key=uuid.uuid4())


async def sent(person: Person, notice_id: int) -> None:
    """Now, and gone through to its end."""
    await planned(person, notice_id)
    await all_sent()


async def planned(person: Person, notice_id: int, at: Any = None) -> None:
    place = await person.place()
    found = await reading.one(place, notice_id)
    await sending.plan(place, notice_id, at, version=found.version)


async def all_sent() -> None:
    while await due.send_due():
        pass


async def to_whom(notice_id: int) -> list[int]:
    found = await rows(
        "select member_id from circle_notice_sent where notice_id = $1 order by member_id",
        notice_id,
    )
    return [line["member_id"] for line in found]
