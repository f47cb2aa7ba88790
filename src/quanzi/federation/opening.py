"""Opening a circle to other servers, and closing it again: its owner by a press, or the circle itself
by what it asks of its readers.
"""

import asyncio

from quanzi.circles.access import Place
from quanzi.circles.readable import open_to_all
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.federation import keys, policy

AT_ONCE = 20


def visitors_may_read(place: Place) -> bool:
    return not place.circle.hidden and "read" not in place.circle.thresholds


async def turn_on(place: Place) -> None:
    """Twice is once. Raises NotAllowed, and Conflict where visitors may not read."""
    if not policy.can_federate(place):
        raise NotAllowed
    if not visitors_may_read(place):
        raise Conflict(said("只有所有人都能读的圈子，才能让别的服务器关注。"))
    known = await row("select 1 from federated_circle where circle_id = $1", place.circle.id)
    key = b"" if known else await asyncio.to_thread(keys.made)
    async with transaction():
        await rows(
            """insert into federated_circle (circle_id, private_key) values ($1, $2)
               on conflict (circle_id) do update set state = 'on', since = now()
               where federated_circle.state = 'off'""",
            place.circle.id,
            key,
        )
        # Who has not heard yet that it was gone need not hear it any more.
        await rows("delete from federated_server where circle_id = $1 and ending", place.circle.id)


async def turn_off(place: Place) -> None:
    """Its followers elsewhere are forgotten now, and their servers told that it is gone.
    Raises NotAllowed.
    """
    if not policy.can_federate(place):
        raise NotAllowed
    await close(place.circle.id)


async def close_due() -> int:
    """How many that visitors may not read any more."""
    found = await rows(
        f"""select f.circle_id from federated_circle f join circle c on c.id = f.circle_id
            where f.state = 'on' and not {open_to_all()} order by f.circle_id limit {AT_ONCE}"""
    )
    for line in found:
        await close(line["circle_id"])
    return len(found)


async def close(circle_id: int) -> None:
    async with transaction():
        closed = await rows(
            "update federated_circle set state = 'off' where circle_id = $1 and state = 'on' returning 1",
            circle_id,
        )
        if not closed:
            return
        await rows(
            """update federated_server
               set ending = true, tries = 0, failing_since = null, due_at = now()
               where circle_id = $1""",
            circle_id,
        )
        await rows("delete from federated_follower where circle_id = $1", circle_id)
