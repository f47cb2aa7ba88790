"""Asking to be erased: what stands in the way, and the deed."""

from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, said
from quanzi.identity import leaving
from quanzi.identity.sessions import Viewer


async def erase(viewer: Viewer, password: str) -> None:
    """Closed at once, erased in a week. Raises Invalid for a wrong password; Conflict for the last
    owner of a partner, who hands over first."""
    await leaving.check_password(viewer, password)
    async with transaction():
        await _hold_owners(viewer.member_id)
        alone = await owns_alone(viewer.member_id)
        if alone:
            raise Conflict(
                said("你是“%(partner)s”唯一的圈主，请先把它交给别人。", partner=alone[0]["name"])
            )
        await leaving.leave(viewer)


async def owns_alone(member_id: int) -> Sequence[asyncpg.Record]:
    """The partners that would be left without an owner."""
    return await rows(
        """select p.name, p.name_en from staff s join partner p on p.id = s.partner_id
           where s.member_id = $1 and s.role = 'owner' and not exists (
               select 1 from staff o join member m on m.id = o.member_id
               where o.partner_id = s.partner_id and o.role = 'owner' and o.member_id <> $1
                 and m.suspended_at is null)
           order by p.id limit 20""",
        member_id,
    )


async def _hold_owners(member_id: int) -> None:
    """Two owners who leave at the same time: the second one sees that the first has left."""
    await rows(
        """select 1 from staff where role = 'owner' and partner_id in
               (select partner_id from staff where member_id = $1 and role = 'owner')
           order by partner_id, member_id for update""",
        member_id,
    )
