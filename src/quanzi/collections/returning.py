"""Putting a post back also puts it back into the collections it stood in: one deed, one transaction."""

from collections.abc import Sequence

import asyncpg

from quanzi.collections import changing
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.posts import withholding


async def put_back(circle_id: int, post_id: int, by: int | None, *, own: bool = False) -> int:
    """As `withholding.put_back`; open pages of those collections are told where it stands."""
    async with transaction():
        standing = await lock(circle_id, post_id)
        seq = await withholding.put_back(circle_id, post_id, by, own=own)
        for line in standing if seq else ():
            seq = await changing.changed(circle_id, line["id"], by)
    return seq


async def lock(circle_id: int, post_id: int) -> Sequence[asyncpg.Record]:
    """The collections that show it, held until the transaction ends. Whoever goes on to put it back holds
    them before they hold the post, as who puts it into one does: each would wait for the other.
    """
    return await rows(
        """select k.id from collection k
           where k.circle_id = $1 and k.state = 'published' and exists (
               select 1 from collection_entry e where e.circle_id = $1
               and e.collection_id = k.id and e.post_id = $2)
           order by k.id for update""",
        circle_id,
        post_id,
    )
