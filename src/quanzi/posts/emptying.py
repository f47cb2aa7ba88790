"""What is left of a post or comment that goes, whoever takes it away: that it was, who, and when.

In the transaction of who does; what is to be kept of it is put by before.
"""

from quanzi.activity import tallying
from quanzi.activity.recording import record
from quanzi.db.engine import rows
from quanzi.posts import carding, indexing


async def empty_post(
    circle_id: int, post_id: int, by: int | None, *, undoable: bool = False
) -> None:
    """With what others said under it no longer naming anybody. Its pictures stay; where its author can
    still undo it, so do new words that wait to be looked at.
    """
    await rows(
        """update post set state = 'removed', body = '', version = version + 1,
                  removed_at = now(), removed_by = $3, pin_wanted = false, held_for = ''
           where circle_id = $1 and id = $2""",
        circle_id,
        post_id,
        by,
    )
    going = ("topic", "mention") if undoable else ("topic", "mention", "held_edit")
    for table in going:
        await rows(f"delete from {table} where circle_id = $1 and post_id = $2", circle_id, post_id)
    await carding.forget(circle_id, post_id)
    await indexing.forget(circle_id, post_id)


async def empty_comment(
    circle_id: int, post_id: int, comment_id: int, by: int | None, *, was: str, version: int
) -> int:
    """The number of the event, 0 for one that never came out. The last thing in its transaction."""
    await rows(
        """update comment set state = 'removed', body = '', version = version + 1,
                  removed_at = now(), removed_by = $3 where circle_id = $1 and id = $2""",
        circle_id,
        comment_id,
        by,
    )
    await rows(
        "delete from mention where circle_id = $1 and post_id = $2 and comment_id = $3",
        circle_id,
        post_id,
        comment_id,
    )
    if was != "published":
        return 0
    await tallying.add(circle_id, tallying.COMMENTS, post_id, -1)
    return await record(circle_id, "comment.removed", comment_id, version + 1, by)


async def let_go_of(circle_id: int, post_id: int, comment_id: int = 0) -> None:
    """Its author takes it away: nothing is kept of it."""
    await rows(
        "delete from withheld where circle_id = $1 and post_id = $2 and comment_id = $3",
        circle_id,
        post_id,
        comment_id,
    )
