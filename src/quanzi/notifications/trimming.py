"""Old notices go: what nobody has looked at for half a year nobody misses."""

from quanzi.db.engine import rows

KEPT = "180 days"
AT_ONCE = 500


async def trim_old() -> int:
    """How many went."""
    gone = await rows(
        f"""delete from notice where ctid = any(array(
                select ctid from notice where at < now() - interval '{KEPT}' limit {AT_ONCE}))
            returning 1"""
    )
    return len(gone)
