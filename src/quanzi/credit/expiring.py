"""What has counted long enough no longer does."""

from quanzi.credit import ledger
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction

AT_ONCE = 100


async def expire_due() -> int:
    """How many entries stopped counting."""
    async with transaction():
        due = await rows(
            f"""select x.entry_id from credit_expiry x join credit_entry e on e.id = x.entry_id
                where x.at <= now() order by e.member_id, x.entry_id limit {AT_ONCE}
                for update of x skip locked"""
        )
        for line in due:
            await ledger.reverse(line["entry_id"], "expired")
    return len(due)
