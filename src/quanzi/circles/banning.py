"""Keeping somebody from talking in a circle, or out of it, for a time or for good; and ending that.

Who may do it is asked by who decides (`moderation/`). Circle 0 is the whole site: a ban there closes
every door, which is the account's suspension.
"""

from datetime import datetime

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.identity import sessions
from quanzi.verification import barring

SITE = 0
AT_ONCE = 50


async def ban(
    member_id: int, circle_id: int, kind: str, until: datetime, *, reason: str, by: int | None
) -> int:
    """The ban's id. `kind`: 'mute' or 'ban'. One that is in force is made longer, never shorter."""
    async with transaction():
        made = await rows(
            """insert into ban (circle_id, member_id, kind, until, reason, given_by)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (member_id, circle_id, kind) where lifted_at is null
               do update set until = greatest(ban.until, excluded.until), reason = excluded.reason
               returning id""",
            circle_id,
            member_id,
            kind,
            until,
            reason,
            by,
        )
        if kind == "ban" and circle_id == SITE:
            await sessions.suspend(member_id)
            await barring.bar(member_id, until)
        elif kind == "ban":
            await sessions.revoke("member", str(member_id))
    return int(made[0]["id"])


async def lift(member_id: int, circle_id: int, kind: str) -> bool:
    """Whether one was in force."""
    async with transaction():
        ended = await rows(
            """update ban set lifted_at = now()
               where member_id = $1 and circle_id = $2 and kind = $3 and lifted_at is null
               returning id""",
            member_id,
            circle_id,
            kind,
        )
        if ended and kind == "ban" and circle_id == SITE:
            await sessions.let_in_again(member_id)
            await barring.unbar(member_id)
    return bool(ended)


async def lift_due() -> int:
    """How many ended by themselves, by the database's clock."""
    async with transaction():
        over = await rows(
            f"""select member_id, circle_id, kind from ban
                where lifted_at is null and until <= now()
                order by member_id limit {AT_ONCE} for update skip locked"""
        )
        for line in over:
            await lift(line["member_id"], line["circle_id"], line["kind"])
    return len(over)
