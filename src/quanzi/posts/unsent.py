"""What somebody was writing for a circle and has not sent: there again on their other device.

For who speaks for the partner; what others write is kept by their browser. Nobody else sees it, and
it goes when it is sent, or after some weeks.
"""

from dataclasses import dataclass

from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.errors import NotAllowed
from quanzi.posts import drafts, policy

KEPT = "30 days"


@dataclass(frozen=True, slots=True)
class Unsent:
    body: str
    topics: str
    publish_at: str


async def keep(place: Place, body: str, topics: str, publish_at: str) -> None:
    """An empty text keeps nothing. Raises NotAllowed."""
    if not policy.can_plan(place):
        raise NotAllowed
    if not body.strip():
        await forget(place)
        return
    await rows(
        """insert into unsent (circle_id, member_id, body, topics, publish_at)
           values ($1, $2, $3, $4, $5)
           on conflict (circle_id, member_id) do update set body = excluded.body,
               topics = excluded.topics, publish_at = excluded.publish_at, at = now()""",
        place.circle.id,
        place.member_id,
        body[: drafts.LONGEST * 2],
        topics[:500],
        publish_at[:30],
    )


async def forget(place: Place) -> None:
    await rows(
        "delete from unsent where circle_id = $1 and member_id = $2",
        place.circle.id,
        place.member_id,
    )


async def of(place: Place) -> Unsent | None:
    if not policy.can_plan(place):
        return None
    found = await row(
        "select body, topics, publish_at from unsent where circle_id = $1 and member_id = $2",
        place.circle.id,
        place.member_id,
    )
    return Unsent(**found) if found else None


async def purge_due() -> int:
    gone = await rows(
        f"""delete from unsent where (circle_id, member_id) in (
                select circle_id, member_id from unsent where at < now() - interval '{KEPT}'
                limit 500) returning 1"""
    )
    return len(gone)
