"""Write down what happened, with the circle's next number, and ring after the commit."""

from functools import partial

from quanzi.db.engine import row
from quanzi.db.transaction import after_commit
from quanzi.live import bell

# One statement: the counter's row stays locked from here to the commit, which is what makes the
# numbers dense and in commit order. So this is the last thing a verb does.
NEXT = """
    with next as (update circle_head set head = head + 1 where circle_id = $1 returning head)
    insert into circle_event (circle_id, seq, op, subject_id, version, actor_id)
    select $1, head, $2, $3, $4, $5 from next returning seq
"""


async def record(
    circle_id: int, op: str, subject_id: int, version: int, actor_id: int | None
) -> int:
    """The event's number. Raises LookupError when the circle has no log."""
    written = await row(NEXT, circle_id, op, subject_id, version, actor_id)
    if written is None:
        raise LookupError(f"circle {circle_id} has no log")
    seq = int(written["seq"])
    after_commit(partial(bell.ring, circle_id, seq))
    return seq
