"""Figures that many change at once: how many like a post, follow a circle, have commented.

One row would be a queue: every like waits for the commit before it. A figure is therefore spread
over slots, each deed raises one of them, and the sum is exact.
"""

import random
from collections.abc import Iterable

from quanzi.db.engine import rows

SLOTS = 16
FOLLOWERS, LIKES, COMMENTS = "followers", "likes", "comments"


async def add(circle_id: int, kind: str, subject_id: int, by: int) -> None:
    """Inside the transaction of the deed that is counted, and only if it changed something."""
    await rows(
        """insert into tally (circle_id, kind, subject_id, slot, n) values ($1, $2, $3, $4, $5)
           on conflict (circle_id, kind, subject_id, slot) do update set n = tally.n + excluded.n""",
        circle_id,
        kind,
        subject_id,
        random.randrange(SLOTS),  # noqa: S311 - spread only
        by,
    )


async def sums(circle_id: int, kind: str, subject_ids: Iterable[int]) -> dict[int, int]:
    """The figures of these subjects; 0 where nothing has been counted yet."""
    wanted = list(subject_ids)
    found = await rows(
        """select subject_id, sum(n)::bigint as n from tally
           where circle_id = $1 and kind = $2 and subject_id = any($3::bigint[])
           group by subject_id""",
        circle_id,
        kind,
        wanted,
    )
    return dict.fromkeys(wanted, 0) | {line["subject_id"]: line["n"] for line in found}
