"""Posts whose time has come, by the database's clock. Any process may look; one brings each out."""

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.posts import writing

AT_ONCE = 20


async def publish_due() -> int:
    """How many came out."""
    async with transaction():
        due = await rows(
            f"""select circle_id, id, version, author_id from post
                where state = 'scheduled' and publish_at <= now()
                order by publish_at limit {AT_ONCE} for update skip locked"""
        )
        # By circle, then time: two processes that take two circles' counters take them in order.
        for line in sorted(due, key=lambda each: each["circle_id"]):
            await writing.bring_out(
                line["circle_id"], line["id"], line["version"], line["author_id"]
            )
    return len(due)
