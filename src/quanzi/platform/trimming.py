"""The log of deliveries goes after thirty days; what still waits to be sent stays."""

from quanzi.db.engine import rows

KEPT = "30 days"
AT_ONCE = 500


async def trim_old() -> int:
    """How many went."""
    gone = await rows(
        f"""delete from webhook_delivery where ctid = any(array(
                select ctid from webhook_delivery
                where created_at < now() - interval '{KEPT}' and state in ('delivered', 'failed')
                limit {AT_ONCE}))
            returning 1"""
    )
    return len(gone)
