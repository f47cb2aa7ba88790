"""Who speaks for the platform."""

from quanzi.audit import writing as audit
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.identity.sessions import revoke
from quanzi.identity.tables import Session


async def grant(handle: str, platform_role: str, by: int | None = None) -> bool:
    """Whether there is such a member. `by`: who does it, None for the operator at the server. Their sessions end: a new rank begins with a new sign-in."""
    async with transaction():
        found = await rows(
            "update member set platform_role = $2 where handle = $1 returning id",
            handle.lower(),
            platform_role,
        )
        if not found:
            return False
        await Session.delete().where(Session.member_id == found[0]["id"])
        await revoke("member", str(found[0]["id"]))
        await audit.write(
            "rank.granted",
            actor_id=by,
            about=f"member:0:{found[0]['id']}",
            member_id=found[0]["id"],
            detail={"rank": platform_role},
        )
    return True
