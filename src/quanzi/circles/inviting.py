"""Inviting somebody to a partner's staff: a link that works once, for a week."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles import policy, staffing
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, NotFound, Said, said
from quanzi.identity.sessions import hash_of

NOTE_LONGEST = 100
# More links than this that nobody has used are not invitations but a leak waiting for somebody.
MOST_OPEN = 20
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation as the desk shows it. `state`: open, used, expired or ended."""

    id: int
    role: str
    note: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: str
    inviter: str
    used_by: str | None


async def invite(place: Place, *, role: str, note: str) -> str:
    """The link's token, told here and never again. Raises NotAllowed, Invalid, Conflict."""
    token = secrets.token_urlsafe(32)
    async with transaction():
        place = await staffing.locked(place)
        if not policy.can_invite(place):
            raise NotAllowed
        _check(role, note)
        await _not_too_many(place)
        await rows(
            """insert into invitation (partner_id, token_hash, role, note, invited_by)
               values ($1, $2, $3, $4, $5)""",
            place.circle.partner_id,
            hash_of(token),
            role,
            note.strip(),
            place.member_id,
        )
    return token


async def end(place: Place, invitation_id: int) -> None:
    """Raises NotAllowed; NotFound for another partner's. One that is over stays as it was."""
    async with transaction():
        place = await staffing.locked(place)
        if not policy.can_invite(place):
            raise NotAllowed
        found = await rows(
            """update invitation set ended_at = coalesce(ended_at, now())
               where id = $1 and partner_id = $2 and used_at is null returning 1""",
            invitation_id,
            place.circle.partner_id,
        )
        if not found:
            raise NotFound


async def sent(partner_id: int) -> Sequence[Sent]:
    """The latest, with what became of them."""
    found = await rows(
        f"""select i.id, i.role, i.note, i.created_at, i.expires_at, i.used_at,
                   case when i.used_at is not null then 'used' when i.ended_at is not null then 'ended'
                        when i.expires_at <= now() then 'expired' else 'open' end as state,
                   m.name as inviter, u.name as used_by
            from invitation i join member m on m.id = i.invited_by
            left join member u on u.id = i.used_by
            where i.partner_id = $1 order by i.id desc limit {SHOWN}""",
        partner_id,
    )
    return [Sent(*line) for line in found]


def _check(role: str, note: str) -> None:
    wrong: dict[str, Said] = {}
    if role not in policy.STAFF:
        wrong["role"] = said("请选择一个角色。")
    if len(note.strip()) > NOTE_LONGEST:
        wrong["note"] = said("备注最多 %(most)d 个字。", most=NOTE_LONGEST)
    if wrong:
        raise Invalid(**wrong)


async def _not_too_many(place: Place) -> None:
    open_ones = await row(
        """select count(*) as n from invitation where partner_id = $1
           and used_at is null and ended_at is null and expires_at > now()""",
        place.circle.partner_id,
    )
    if open_ones is not None and open_ones["n"] >= MOST_OPEN:
        raise Conflict(said("还有 %(most)d 个邀请没有用，请先结束一些。", most=MOST_OPEN))
