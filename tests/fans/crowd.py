"""What the tests of fans say again and again."""

import uuid
from typing import Any

from quanzi.circles import following
from quanzi.db.engine import rows
from quanzi.fans import segments
from quanzi.fans.conditions import Conditions, kept
from tests.people import CIRCLE, Person


async def follows(person: Person, days: int = 0, circle: str = CIRCLE) -> None:
    place = await person.place(circle)
    await following.follow(place)
    await rows(
        "update follow set since = now() - $3 * interval '1 day' where circle_id = $1 and member_id = $2",
        place.circle.id,
        person.member_id,
        days,
    )


async def segment(circle_id: int, name: str = "老粉", **asked: Any) -> int:
    found = await rows(
        "insert into segment (circle_id, name, conditions) values ($1, $2, $3) returning id",
        circle_id,
        name,
        kept(Conditions(**asked)),
    )
    return int(found[0]["id"])


async def tag(circle_id: int, name: str, *people: Person) -> int:
    found = await rows(
        "insert into fan_tag (circle_id, name) values ($1, $2) returning id", circle_id, name
    )
    for person in people:
        await rows(
            "insert into fan_tagged (circle_id, tag_id, member_id) values ($1, $2, $3)",
            circle_id,
            found[0]["id"],
            person.member_id,
        )
    return int(found[0]["id"])


async def who(circle_id: int, **asked: Any) -> list[int]:
    """By every way in which a segment is asked about, with the same answer."""
    segment_id = await segment(circle_id, str(uuid.uuid4()), **asked)
    found = await segments.recipients(circle_id, segment_id, 0, 100)
    assert await segments.count(circle_id, Conditions(**asked)) == len(found)
    followers = await rows("select member_id from follow where circle_id = $1", circle_id)
    for line in followers:
        is_in = await segments.among(circle_id, line["member_id"], [segment_id])
        assert (segment_id in is_in) == (line["member_id"] in found)
    return found
