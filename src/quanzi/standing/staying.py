"""What members earn by staying: something for every thirty days, up to a cap.

All members are gone through once an hour, some thousand at a look, by their number.
"""

from datetime import timedelta

import asyncpg

from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.standing import going

MONTH_DAYS = 30
LOOKED_AT = 2000
EVERY = "1 hour"


async def count_months() -> int:
    """How many members were looked at; 0 when all have been, lately."""
    async with transaction():
        cursor = await going.taken("members")
        if cursor is None:
            return 0
        some = await rows(
            f"""select m.id, m.created_at, coalesce(a.months, 0) as counted,
                       floor(extract(epoch from now() - m.created_at)
                             / (86400 * {MONTH_DAYS}))::int as months,
                       m.verified_at is not null and m.suspended_at is null as earns
                from member m left join credit_account a on a.member_id = m.id
                where m.id > $1 order by m.id limit {LOOKED_AT}""",
            cursor["id"],
        )
        for member in some:
            if member["earns"] and member["months"] > member["counted"]:
                await _count(member)
        last = some[-1]["id"] if len(some) == LOOKED_AT else 0
        await rows(
            f"""update credit_cursor set id = $1::bigint,
                       at = case when $1::bigint = 0 then now() + interval '{EVERY}' else at end
                where name = 'members'""",
            last,
        )
    return len(some)


async def _count(member: asyncpg.Record) -> None:
    """Months beyond the cap count for nothing, and are not looked at again."""
    for month in range(member["counted"] + 1, member["months"] + 1):
        at = member["created_at"] + timedelta(days=month * MONTH_DAYS)
        if not await ledger.enter(member["id"], "member", Cause("months", 0, month), at=at):
            break
    await rows(
        """insert into credit_account (member_id, months) values ($1, $2)
           on conflict (member_id) do update set months = excluded.months""",
        member["id"],
        member["months"],
    )
