"""Taking a post away also takes it off the board: one deed, one transaction."""

from collections.abc import Awaitable

from quanzi.circles.access import Place
from quanzi.curation import board, pinning
from quanzi.db.transaction import transaction
from quanzi.posts import removing, withholding


async def remove(place: Place, post_id: int) -> int:
    """By its author. The number of the last event. Raises NotFound, NotAllowed."""
    async with transaction():
        await board.lock(place.circle.id)
        going = removing.remove(place, post_id)
        return await _off_the_board(place.circle.id, post_id, place.member_id, going)


async def withhold(circle_id: int, post_id: int, by: int | None) -> int:
    """By a decision, so that it can be put back. The number of the last event. Raises NotFound."""
    async with transaction():
        await board.lock(circle_id)
        going = withholding.withhold(circle_id, post_id, by)
        return await _off_the_board(circle_id, post_id, by, going)


async def _off_the_board(
    circle_id: int, post_id: int, by: int | None, going: Awaitable[int]
) -> int:
    seq = await going
    if await pinning.take_down(circle_id, [post_id], "removed"):
        return await board.changed(circle_id, by)
    return seq
