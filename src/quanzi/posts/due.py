"""Posts whose time has come, by the database's clock. Any process may look; one brings each out.

Who may not talk now has nothing said for them either: it waits until they may again.
"""

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.posts import writing

AT_ONCE = 20


async def publish_due() -> int:
    """How many came out."""
    async with transaction():
        due = await rows(
            f"""select p.circle_id, p.id, p.version, p.author_id from post p
                join member m on m.id = p.author_id and m.suspended_at is null
                where p.state = 'scheduled' and p.publish_at <= now() and not exists (
                    select 1 from ban b where b.member_id = p.author_id
                    and b.circle_id in (0, p.circle_id) and b.lifted_at is null and b.until > now())
                order by p.publish_at limit {AT_ONCE} for update of p skip locked"""
        )
        # By circle, then time: two processes that take two circles' counters take them in order.
        for line in sorted(due, key=lambda each: each["circle_id"]):
            await writing.bring_out(
                line["circle_id"], line["id"], line["version"], line["author_id"]
            )
    return len(due)
