"""Posts whose time has come, by the database's clock. Any process may look; one brings each out.

Each has a transaction of its own: it comes out once or not at all, wherever a process is killed, and
one that cannot be brought out holds up no other. What is in the way is told to its author.
"""

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.jobs import apart
from quanzi.posts import missing, writing

AT_ONCE = 20
IS_DUE = "p.state = 'scheduled' and p.publish_at <= now()"
WAITS = f"select from post p where {IS_DUE}"
DUE = f"""
    select p.circle_id, p.id, p.version, p.author_id, p.by_staff, p.waits_for, p.publish_at,
           c.slug, m.suspended_at is not null as suspended
    from post p join circle c on c.id = p.circle_id join member m on m.id = p.author_id
    where {IS_DUE} and p.circle_id = $1 and p.id = $2 for update of p skip locked
"""


async def publish_due() -> int:
    """How many came out, or turned out not to. Raises the last failure, after the others."""
    due = await rows(
        f"""select p.circle_id, p.id from post p where {IS_DUE}
            order by p.publish_at, p.id limit {AT_ONCE}"""
    )
    return await apart.each("posts", map(tuple, due), lambda which: _turn(*which))


async def _turn(circle_id: int, post_id: int) -> bool:
    async with transaction():
        found = await rows(DUE, circle_id, post_id)
        if not found:
            return False  # another process was faster
        post = found[0]
        why = await missing.why_not(post)
        if why:
            await missing.miss(post, why)
        else:
            await writing.bring_out(circle_id, post_id, post["version"], post["author_id"])
    return True
