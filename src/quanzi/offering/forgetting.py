"""Answers go when their time is over, and with who wrote them. That there was a request stays."""

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction

AT_ONCE = 200


async def erase_due() -> int:
    """How many were erased whose time is over."""
    gone = await rows(
        f"""update service_request set answers = '[]', note = '', erased_at = now()
            where (circle_id, id) in (
                select circle_id, id from service_request
                where erased_at is null and keeps_until <= now()
                order by keeps_until limit {AT_ONCE} for update skip locked)
            returning 1"""
    )
    return len(gone)


async def forget(member_id: int) -> int:
    """Of a member who leaves, some at a time: how many. What waited is withdrawn."""
    async with transaction():
        gone = await rows(
            f"""update service_request set answers = '[]', note = '', erased_at = now(),
                       state = case when state = 'new' then 'withdrawn' else state end
                where (circle_id, id) in (
                    select circle_id, id from service_request
                    where member_id = $1 and erased_at is null limit {AT_ONCE} for update)
                returning 1""",
            member_id,
        )
    return len(gone)
