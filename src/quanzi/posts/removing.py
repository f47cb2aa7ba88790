"""Taking one's own post away. What is left is a stone: that it was, who removed it, and when.

What others decide against is withheld instead (`withholding.py`): it can be put back.
"""

from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed
from quanzi.posts import indexing, pictures, policy, reading, withholding


async def remove(place: Place, post_id: int) -> int:
    """The number of the event; 0 for a post that never came out. Raises NotFound, NotAllowed."""
    circle_id = place.circle.id
    async with transaction():
        post = await reading.locked(place, post_id)
        if not policy.can_remove(place, post):
            raise NotAllowed
        await rows(
            """update post set state = 'removed', body = '', version = version + 1,
                      removed_at = now(), removed_by = $3, pin_wanted = false, held_for = ''
               where circle_id = $1 and id = $2""",
            circle_id,
            post_id,
            place.member_id,
        )
        await rows("delete from topic where circle_id = $1 and post_id = $2", circle_id, post_id)
        await rows("delete from mention where circle_id = $1 and post_id = $2", circle_id, post_id)
        await indexing.forget(circle_id, post_id)
        await rows(
            "delete from held_edit where circle_id = $1 and post_id = $2", circle_id, post_id
        )
        await withholding.let_go_of(circle_id, post_id, 0)
        await pictures.forget(circle_id, post_id)
        if post.state != "published":
            return 0
        return await record(circle_id, "post.removed", post_id, post.version + 1, place.member_id)
