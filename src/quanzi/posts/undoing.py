"""Putting back what one took away oneself a moment ago: a post or a comment.

What others decided against is not one's own to put back; rights are asked again, since they may be
others by now.
"""

from dataclasses import dataclass

from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound
from quanzi.posts import policy, withholding


@dataclass(frozen=True, slots=True)
class Stone:
    author_id: int
    by_staff: bool
    state: str
    removed_by: int | None


async def may_restore(place: Place, post_id: int) -> bool:
    """Whether there is anything left to do. Raises NotFound for what is not theirs to put back, Barred
    when they may not post here any longer.
    """
    return await _asked(place, "post", post_id, post_id)


async def may_restore_comment(place: Place, post_id: int, comment_id: int) -> bool:
    """As `may_restore`."""
    return await _asked(place, "comment", comment_id, post_id)


async def restore_comment(place: Place, post_id: int, comment_id: int) -> int:
    """The number of the event; 0 when it is there again already. Raises NotFound, Barred."""
    async with transaction():
        if not await may_restore_comment(place, post_id, comment_id):
            return 0
        return await withholding.put_comment_back(
            place.circle.id, post_id, comment_id, place.member_id, own=True
        )


async def can_undo(place: Place, post_id: int, comment_id: int = 0) -> bool:
    """For the page after the deed: whether its button would do something."""
    found = await rows(
        """select 1 from withheld w
           left join post p on p.circle_id = w.circle_id and p.id = w.post_id
           left join comment k on k.circle_id = w.circle_id and k.id = w.comment_id
           where w.circle_id = $1 and w.post_id = $2 and w.comment_id = $3
             and w.undo_until > now()
             and case when $3 <> 0 then k.removed_by else p.removed_by end = $4""",
        place.circle.id,
        post_id,
        comment_id,
        place.member_id,
    )
    return bool(found)


async def _asked(place: Place, table: str, thing_id: int, post_id: int) -> bool:
    of_post = "id" if table == "post" else "post_id"
    found = await rows(
        f"""select author_id, by_staff, state, removed_by from {table}
            where circle_id = $1 and id = $2 and {of_post} = $3 for update""",
        place.circle.id,
        thing_id,
        post_id,
    )
    if not found or place.member_id is None:
        raise NotFound
    stone = Stone(*found[0])
    if not policy.can_remove(place, stone):
        raise NotFound
    if stone.state == "published":
        return False
    if not policy.can_restore(place, stone):
        raise NotFound
    thresholds.ask(place, table)
    return True
