"""Joining a partner's staff by a link. Whatever is wrong with the link, it looks the same."""

from dataclasses import dataclass

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.circles import policy, staffing
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotFound, said
from quanzi.identity.sessions import Viewer, hash_of

# The longest a token of ours can be; nothing longer is worth hashing.
TOKEN_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """What the link offers, and to whom. `now`: the role they have with the partner already."""

    partner_id: int
    partner_slug: str
    partner_name: str
    partner_name_en: str
    partner_intro: str
    role: str
    inviter: str
    now: str

    @property
    def gains_nothing(self) -> bool:
        return policy.is_at_least(self.now, self.role)


# As good as its inviter: whoever lost the right, or the site, takes their links along.
GOOD = """i.used_at is null and i.ended_at is null and i.expires_at > now()
          and m.suspended_at is null and (s.role = 'owner' or m.platform_role = 'admin')"""


async def look(token: str, viewer: Viewer | None) -> Offer:
    """Changes nothing. Raises NotFound for a link that is unknown, used, ended or expired."""
    found = await row(
        f"""select p.id, p.slug, p.name, p.name_en, p.intro, i.role, m.name as inviter,
                   coalesce(mine.role, '') as now
            from invitation i join partner p on p.id = i.partner_id
            join member m on m.id = i.invited_by
            left join staff s on s.partner_id = p.id and s.member_id = m.id
            left join staff mine on mine.partner_id = p.id and mine.member_id = $2
            where i.token_hash = $1 and {GOOD}""",
        hash_of(token[: TOKEN_LONGEST + 1]),
        viewer.member_id if viewer else None,
    )
    if found is None:
        raise NotFound
    return Offer(*found)


async def accept(token: str, viewer: Viewer) -> str:
    """The partner's slug. Twice is once. Raises NotFound; Conflict for who would gain nothing."""
    async with transaction():
        link = await _locked(token)
        if link["used_by"] == viewer.member_id:
            return str(link["slug"])
        offer = await look(token, viewer)
        if offer.gains_nothing:
            raise Conflict(said("你已经是这个合作伙伴的工作人员，不需要再接受邀请。"))
        await rows(
            "update invitation set used_at = now(), used_by = $2 where id = $1",
            link["id"],
            viewer.member_id,
        )
        await staffing.put(offer.partner_id, viewer.member_id, offer.role)
        await _tell_owners(offer, viewer.member_id)
    return offer.partner_slug


async def _locked(token: str) -> asyncpg.Record:
    """The partner first, as every deed with a staff; then the link as it is by now."""
    hashed = hash_of(token[: TOKEN_LONGEST + 1])
    found = await row("select partner_id from invitation where token_hash = $1", hashed)
    if found is None:
        raise NotFound
    await staffing.lock(found["partner_id"])
    now = await row(
        """select i.id, i.used_by, p.slug from invitation i join partner p on p.id = i.partner_id
           where i.token_hash = $1""",
        hashed,
    )
    if now is None:
        raise NotFound
    return now


async def _tell_owners(offer: Offer, member_id: int) -> None:
    """By way of the partner's first circle, since a notice leads to one."""
    owners = await rows(
        """select s.member_id, coalesce((select min(c.id) from circle c
                                         where c.partner_id = s.partner_id), 0) as circle_id
           from staff s where s.partner_id = $1 and s.role = 'owner'""",
        offer.partner_id,
    )
    for line in owners:
        await concern(
            line["member_id"],
            "staff.joined",
            actor_id=member_id,
            circle_id=line["circle_id"],
            note=offer.role,
        )
