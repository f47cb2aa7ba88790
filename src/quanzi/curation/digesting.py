"""Holding a post up as one of the circle's best, and no longer; and those that are."""

from collections.abc import Sequence

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.curation import policy
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed, said
from quanzi.posts import reading, redrawing
from quanzi.posts.feed import ENTRY
from quanzi.web.cursors import Key

PAGE = 20


async def digest(place: Place, post_id: int) -> int:
    """The number of the event; 0 when it was one already. Raises NotFound, NotAllowed, Conflict."""
    if not policy.can_digest(place):
        raise NotAllowed
    async with transaction():
        post = await reading.locked(place, post_id)
        if post.state != "published":
            raise Conflict(said("还没有发布的帖子不能设为精华。"))
        new = await rows(
            """insert into digested (circle_id, post_id, chosen_by) values ($1, $2, $3)
               on conflict do nothing returning 1""",
            place.circle.id,
            post_id,
            place.member_id,
        )
        if not new:
            return 0
        # What stands there for the partner is the partner's.
        if not post.by_staff:
            await ledger.enter(post.author_id, "digest", Cause("post", place.circle.id, post_id))
        await concern(
            post.author_id,
            "digest",
            actor_id=place.member_id,
            circle_id=place.circle.id,
            post_id=post_id,
        )
        return await _changed(place, post_id)


async def undigest(place: Place, post_id: int) -> int:
    """The number of the event; 0 when it was none. Raises NotFound, NotAllowed."""
    if not policy.can_digest(place):
        raise NotAllowed
    async with transaction():
        await reading.locked(place, post_id)
        gone = await rows(
            "delete from digested where circle_id = $1 and post_id = $2 returning 1",
            place.circle.id,
            post_id,
        )
        return await _changed(place, post_id) if gone else 0


async def digested(circle_id: int, before: Key | None) -> Sequence[asyncpg.Record]:
    """Entries of those that stand, with `at`; the latest first, one more than a page when there are
    more. `before`: when it was chosen, and the post.
    """
    return await rows(
        f"""select {ENTRY}, d.at from digested d
            join post p on p.circle_id = d.circle_id and p.id = d.post_id
            where d.circle_id = $1 and p.state = 'published'
              and ($2::timestamptz is null or (d.at, d.post_id) < ($2, $3))
            order by d.at desc, d.post_id desc limit {PAGE + 1}""",
        circle_id,
        *(before or (None, 0)),
    )


async def _changed(place: Place, post_id: int) -> int:
    version = await redrawing.raise_version(place.circle.id, post_id)
    return await record(place.circle.id, "digest.changed", post_id, version, place.member_id)
