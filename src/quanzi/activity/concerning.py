"""Say that a deed concerns a member: a row in the deed's own transaction, told later by others.

The verb does not know who tells, by bell or by mail, nor whether that member wants to hear it.
"""

from collections.abc import Sequence

from quanzi.db.engine import rows


async def concern(
    member_id: int,
    kind: str,
    *,
    actor_id: int | None,
    circle_id: int = 0,
    post_id: int = 0,
    comment_id: int = 0,
    note: str = "",
) -> None:
    """`kind`: what happened to them, like 'reply' or 'staff.invited'. One's own deeds are no news."""
    if member_id == actor_id:
        return
    await rows(
        """insert into concern (kind, member_id, actor_id, circle_id, post_id, comment_id, note)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        kind,
        member_id,
        actor_id,
        circle_id,
        post_id,
        comment_id,
        note,
    )


async def concern_all(member_ids: Sequence[int], kind: str, *, circle_id: int, note: str) -> None:
    """As `concern`, of many at once: something that a circle does, and nobody by name."""
    await rows(
        """insert into concern (kind, member_id, circle_id, post_id, comment_id, note)
           select $1, unnest($2::bigint[]), $3, 0, 0, $4""",
        kind,
        member_ids,
        circle_id,
        note,
    )
