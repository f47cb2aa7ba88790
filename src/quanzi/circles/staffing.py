"""A partner's staff: who they are, and changing that, by one deed at a time.

Every deed locks the partner first and asks again for the role of who does it: two owners who
demote each other at once must not leave the partner without one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quanzi.activity.concerning import concern
from quanzi.audit import writing as audit
from quanzi.circles import policy
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, said
from quanzi.identity.sessions import revoke

MOST_STAFF = 200
LAST_OWNER = said("合作伙伴至少要有一位圈主。请先把圈主交给别人。")


@dataclass(frozen=True, slots=True)
class Colleague:
    member_id: int
    handle: str
    name: str
    role: str
    since: datetime


async def roster(partner_id: int) -> Sequence[Colleague]:
    """Owners first, then by how long they have been there."""
    found = await rows(
        f"""select m.id, m.handle, m.name, s.role, s.since
            from staff s join member m on m.id = s.member_id where s.partner_id = $1
            order by array_position($2::text[], s.role), s.since, m.id limit {MOST_STAFF}""",
        partner_id,
        list(policy.ROLES),
    )
    return [Colleague(*line) for line in found]


async def change_role(place: Place, member_id: int, role: str) -> None:
    """Raises NotAllowed, NotFound, Invalid; Conflict for the last owner."""
    if role not in policy.STAFF:
        raise Invalid(role=said("请选择一个角色。"))
    async with transaction():
        place = await locked(place)
        if not policy.can_change_role(place):
            raise NotAllowed
        before = await _role_of(place, member_id)
        if before == role:
            return
        if before == "owner":
            await _another_owner(place, member_id)
        await put(place.circle.partner_id, member_id, role)
        await tell(place, "staff.role", member_id, role)
        await _logged(place, "staff.role", member_id, before, role)


async def remove(place: Place, member_id: int) -> None:
    """Raises NotAllowed, NotFound; Conflict for the last owner."""
    async with transaction():
        place = await locked(place)
        if not policy.can_remove_staff(place, member_id):
            raise NotAllowed
        before = await _role_of(place, member_id)
        if before == "owner":
            await _another_owner(place, member_id)
        await take_off(place.circle.partner_id, member_id)
        await tell(place, "staff.removed", member_id, before)
        await _logged(place, "staff.removed", member_id, before, "")


async def leave(place: Place) -> None:
    """Of one's own will. Raises NotAllowed; Conflict for the last owner."""
    async with transaction():
        place = await locked(place)
        if not policy.can_leave(place) or place.member_id is None:
            raise NotAllowed
        if place.role == "owner":
            await _another_owner(place, place.member_id)
        await take_off(place.circle.partner_id, place.member_id)


async def _logged(place: Place, deed: str, member_id: int, before: str, role: str) -> None:
    await audit.write(
        deed,
        actor_id=place.member_id,
        circle_id=place.circle.id,
        about=f"member:{place.circle.id}:{member_id}",
        member_id=member_id,
        detail={"before": before, "role": role},
    )


async def locked(place: Place) -> Place:
    """Nobody else changes this staff until the commit; and the role is the one they have now."""
    await lock(place.circle.partner_id)
    now = await row(
        "select role from staff where partner_id = $1 and member_id = $2",
        place.circle.partner_id,
        place.member_id,
    )
    return replace(place, role=now["role"] if now else "")


async def lock(partner_id: int) -> None:
    """The owners too: one who closes their account at this moment locks them, not the partner."""
    await rows("select 1 from partner where id = $1 for no key update", partner_id)
    await rows(
        """select 1 from staff where partner_id = $1 and role = 'owner'
           order by member_id for update""",
        partner_id,
    )


async def put(partner_id: int, member_id: int, role: str) -> None:
    """Give a role, or another one. Who may no longer invite has no invitations out."""
    await rows(
        """insert into staff (partner_id, member_id, role) values ($1, $2, $3)
           on conflict (partner_id, member_id) do update set role = excluded.role""",
        partner_id,
        member_id,
        role,
    )
    if role != "owner":
        await _end_invitations_of(partner_id, member_id)


async def take_off(partner_id: int, member_id: int) -> None:
    """Their open pages of hidden circles fall silent with the commit."""
    await rows("delete from staff where partner_id = $1 and member_id = $2", partner_id, member_id)
    await _end_invitations_of(partner_id, member_id)
    await revoke("member", str(member_id))


async def tell(place: Place, kind: str, member_id: int, role: str) -> None:
    """The member concerned; `note` is the role that it is about."""
    await concern(member_id, kind, actor_id=place.member_id, circle_id=place.circle.id, note=role)


async def _role_of(place: Place, member_id: int) -> str:
    found = await row(
        "select role from staff where partner_id = $1 and member_id = $2",
        place.circle.partner_id,
        member_id,
    )
    if found is None:
        raise NotFound
    return str(found["role"])


async def _another_owner(place: Place, member_id: int) -> None:
    """Raises Conflict when nobody would be left who may do everything. A suspended one may not."""
    other = await row(
        """select 1 from staff s join member m on m.id = s.member_id
           where s.partner_id = $1 and s.role = 'owner' and s.member_id <> $2
             and m.suspended_at is null""",
        place.circle.partner_id,
        member_id,
    )
    if other is None:
        raise Conflict(LAST_OWNER)


async def _end_invitations_of(partner_id: int, member_id: int) -> None:
    await rows(
        """update invitation set ended_at = now()
           where partner_id = $1 and invited_by = $2 and used_at is null and ended_at is null""",
        partner_id,
        member_id,
    )
