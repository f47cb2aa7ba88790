"""Taking a post away. What is left is a stone: that it was, who removed it, and when."""

from functools import partial

from quanzi.activity.concerning import concern
from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.errors import NotAllowed
from quanzi.posts import indexing, pictures, policy, reading


async def remove(place: Place, post_id: int) -> int:
    """The number of the event; 0 for a post that never came out. Raises NotFound, NotAllowed."""
    circle_id = place.circle.id
    async with transaction():
        post = await reading.locked(place, post_id)
        if not policy.can_remove(place, post):
            raise NotAllowed
        await rows(
            """update post set state = 'removed', body = '', version = version + 1,
                      removed_at = now(), removed_by = $3, pin_wanted = false
               where circle_id = $1 and id = $2""",
            circle_id,
            post_id,
            place.member_id,
        )
        await rows("delete from topic where circle_id = $1 and post_id = $2", circle_id, post_id)
        await rows("delete from mention where circle_id = $1 and post_id = $2", circle_id, post_id)
        await indexing.forget(circle_id, post_id)
        gone = await rows(
            "delete from image where circle_id = $1 and post_id = $2 returning name",
            circle_id,
            post_id,
        )
        for line in gone:
            after_commit(partial(pictures.discard, line["name"]))
        if post.state != "published":
            return 0
        if place.member_id != post.author_id:
            await ledger.reverse_earned(Cause("post", circle_id, post_id), "removed")
            await concern(
                post.author_id,
                "post.removed",
                actor_id=place.member_id,
                circle_id=circle_id,
                post_id=post_id,
            )
        return await record(circle_id, "post.removed", post_id, post.version + 1, place.member_id)
