"""Undoing what was done a moment ago: a removal, with its place on the board; an unpinning."""

from quanzi.circles.access import Place
from quanzi.collections import returning
from quanzi.curation import board, policy
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, said
from quanzi.posts import reading, undoing
from quanzi.posts.withholding import UNDO_MINUTES

FULL = said("原来的置顶位已经有别的帖子了。")
OVER = said("已经过了可以撤销的时间，可以在“⋯”里再置顶。")
LATELY = f"now() - interval '{UNDO_MINUTES} minutes'"


async def restore(place: Place, post_id: int) -> int:
    """A post that they took away themselves. The number of the last event; 0 when it is there again
    already. Raises NotFound, Barred.
    """
    circle_id = place.circle.id
    async with transaction():
        await board.lock(circle_id)
        await returning.lock(circle_id, post_id)
        if not await undoing.may_restore(place, post_id):
            return 0
        seq = await returning.put_back(circle_id, post_id, place.member_id, own=True)
        if await _up_again(place, post_id, "removed") == "shown":
            return await board.changed(circle_id, place.member_id)
        return seq


async def repin(place: Place, post_id: int) -> int:
    """A post that was unpinned, into the slot that it had, or else a free one. The number of the
    event; 0 when it is up already. Raises NotFound, NotAllowed; Invalid when there is no room,
    and when it was not up a moment ago.
    """
    if not policy.can_pin(place):
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        await board.lock(circle_id)
        await reading.published(place, post_id)
        if post_id in (await board.slots_taken(circle_id)).values():
            return 0
        match await _up_again(place, post_id, "unpinned"):
            case "shown":
                return await board.changed(circle_id, place.member_id)
            case "full":
                raise Invalid(slot=FULL)
            case "none":
                raise Invalid(slot=OVER)
    return 0


async def can_repin(place: Place, post_id: int) -> bool:
    """For the page after the deed: whether its button would do something."""
    return policy.can_pin(place) and await _last(place.circle.id, post_id, "unpinned") is not None


async def _last(circle_id: int, post_id: int, why: str) -> int | None:
    """The pin that ended a moment ago, and for this; None while there is another."""
    found = await row(
        f"""select n.id from pin n where n.circle_id = $1 and n.post_id = $2 and n.state = 'ended'
              and n.why_ended = $3 and n.ended_at > {LATELY}
              and (n.ends_at is null or n.ends_at > now())
              and not exists (select 1 from pin o where o.circle_id = $1 and o.post_id = $2
                              and o.state <> 'ended')
            order by n.ended_at desc, n.id desc limit 1""",
        circle_id,
        post_id,
        why,
    )
    return found["id"] if found else None


async def _up_again(place: Place, post_id: int, why: str) -> str:
    """'shown', 'waiting' for its start, 'full', or 'none' where it was not up. The board is locked."""
    circle_id = place.circle.id
    pin_id = await _last(circle_id, post_id, why)
    if pin_id is None:
        return "none"
    [was] = await rows(
        """select slot, starts_at > now() as waits from pin where circle_id = $1 and id = $2""",
        circle_id,
        pin_id,
    )
    slot = was["slot"] if was["waits"] else await _free(place, was["slot"])
    if slot is None:
        return "full"
    state = "waiting" if was["waits"] else "shown"
    await rows(
        """update pin set state = $3, slot = $4, ended_at = null, why_ended = ''
           where circle_id = $1 and id = $2""",
        circle_id,
        pin_id,
        state,
        slot,
    )
    return state


async def _free(place: Place, wanted: int) -> int | None:
    taken = await board.slots_taken(place.circle.id)
    slots = range(1, place.circle.pin_slots + 1)
    return next((n for n in (wanted, *slots) if n in slots and n not in taken), None)
