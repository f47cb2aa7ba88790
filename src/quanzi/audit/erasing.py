"""Erasing a member: what was said about them or by them goes, that something was done stays."""

from quanzi.db.engine import rows

AT_ONCE = 500


async def forget(member_id: int) -> int:
    """How many entries lost their detail, some at a time; 0 when none is left.

    The salt goes with it, so that the hash that stays can never be matched with a guess.
    """
    [done] = await rows("select audit_forget($1, $2) as n", member_id, AT_ONCE)
    return int(done["n"])
