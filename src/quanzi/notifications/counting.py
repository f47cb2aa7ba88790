"""How many notices wait unseen. Asked on every page of who is signed in, so it counts to 100."""

from collections.abc import Collection

from quanzi.db.engine import rows

# A page says "99+".
MOST = 100


async def unseen(member_id: int) -> int:
    return (await unseen_of([member_id]))[member_id]


async def unseen_of(member_ids: Collection[int]) -> dict[int, int]:
    """One query; as many steps into an index as there are notices to count, at most 100 each."""
    found = await rows(
        f"""select who.id, {waiting("who.id")} as n from unnest($1::bigint[]) as who(id)""",
        list(member_ids),
    )
    return {line["id"]: line["n"] for line in found}


def waiting(member: str) -> str:
    """The figure as SQL, for who asks other things of this member in one query."""
    return f"""(select count(*)::int from (
        select 1 from notice where member_id = {member} and seen_at is null and tray
        limit {MOST}) waiting)"""
