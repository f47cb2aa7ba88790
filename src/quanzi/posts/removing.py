"""Taking one's own post or comment away. What is left is a stone: that it was, who removed it, and when.

For some minutes its words are kept aside, so that who took it away can undo it (`undoing.py`). What
others decide against is withheld instead (`withholding.py`): its author cannot put it back.
"""

from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed
from quanzi.posts import comments, emptying, pictures, policy, reading, withholding


async def remove(place: Place, post_id: int) -> int:
    """The number of the event; 0 for a post that never came out. Raises NotFound, NotAllowed."""
    circle_id = place.circle.id
    async with transaction():
        post = await reading.locked(place, post_id)
        if not policy.can_remove(place, post):
            raise NotAllowed
        if post.state == "published":
            await withholding.set_aside(circle_id, post_id)
            await emptying.empty_post(circle_id, post_id, place.member_id, undoable=True)
            return await record(
                circle_id, "post.removed", post_id, post.version + 1, place.member_id
            )
        await emptying.empty_post(circle_id, post_id, place.member_id)
        await emptying.let_go_of(circle_id, post_id)
        await pictures.forget(circle_id, post_id)
    return 0


async def remove_comment(place: Place, post_id: int, comment_id: int) -> int:
    """The number of the event, 0 for one that never came out. Replies stay, under a stone. Raises
    NotFound, NotAllowed.
    """
    circle_id = place.circle.id
    async with transaction():
        await rows(
            "select 1 from comment where circle_id = $1 and id = $2 for update",
            circle_id,
            comment_id,
        )
        found = await comments.one(place, post_id, comment_id)
        if not policy.can_remove(place, found):
            raise NotAllowed
        if found.state == "published":
            await withholding.set_aside(circle_id, post_id, comment_id)
        else:
            await emptying.let_go_of(circle_id, post_id, comment_id)
        return await emptying.empty_comment(
            circle_id,
            post_id,
            comment_id,
            place.member_id,
            was=found.state,
            version=found.version,
        )
