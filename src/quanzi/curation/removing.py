"""Removing a post also takes it off the board: one deed, one transaction."""

from quanzi.circles.access import Place
from quanzi.curation import board, pinning
from quanzi.db.transaction import transaction
from quanzi.posts import removing


async def remove(place: Place, post_id: int) -> int:
    """The number of the last event. Raises NotFound, NotAllowed."""
    circle_id = place.circle.id
    async with transaction():
        await board.lock(circle_id)
        seq = await removing.remove(place, post_id)
        if await pinning.take_down(circle_id, [post_id], "removed"):
            seq = await board.changed(circle_id, place.member_id)
    return seq
