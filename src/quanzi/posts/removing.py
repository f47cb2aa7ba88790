"""Taking one's own post away. What is left is a stone: that it was, who removed it, and when.

What others decide against is withheld instead (`withholding.py`): it can be put back.
"""

from quanzi.activity.recording import record
from quanzi.circles.access import Place
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed
from quanzi.posts import emptying, pictures, policy, reading


async def remove(place: Place, post_id: int) -> int:
    """The number of the event; 0 for a post that never came out. Raises NotFound, NotAllowed."""
    circle_id = place.circle.id
    async with transaction():
        post = await reading.locked(place, post_id)
        if not policy.can_remove(place, post):
            raise NotAllowed
        await emptying.empty_post(circle_id, post_id, place.member_id)
        await emptying.let_go_of(circle_id, post_id)
        await pictures.forget(circle_id, post_id)
        if post.state != "published":
            return 0
        return await record(circle_id, "post.removed", post_id, post.version + 1, place.member_id)
