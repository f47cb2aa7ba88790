"""What every change of a collection begins and ends with: its row is locked, and its version rises.

Locks are taken in this order by all: the collection, the post, the circle's log.
"""

import asyncpg

from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.collections import policy, searching
from quanzi.db.engine import row, rows
from quanzi.errors import NotAllowed, NotFound


async def lock(place: Place, collection_id: int) -> asyncpg.Record:
    """From here to the commit nobody else changes it. Raises NotAllowed, NotFound."""
    if not policy.can_collect(place):
        raise NotAllowed
    found = await row(
        "select * from collection where circle_id = $1 and id = $2 for update",
        place.circle.id,
        collection_id,
    )
    if found is None:
        raise NotFound
    return found


async def changed(circle_id: int, collection_id: int, by: int | None) -> int:
    """The number of the event; of a draft nobody is told: 0. The last thing in its transaction."""
    [line] = await rows(
        """update collection set version = version + 1 where circle_id = $1 and id = $2
           returning version, state""",
        circle_id,
        collection_id,
    )
    if line["state"] != "published":
        return 0
    # Before the log's counter is taken, which others of this circle wait for.
    await searching.write(circle_id, collection_id)
    return await tell(circle_id, collection_id, line["version"], by)


async def tell(circle_id: int, collection_id: int, version: int, by: int | None) -> int:
    return await record(circle_id, "collection.changed", collection_id, version, by)
