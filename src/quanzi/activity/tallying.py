"""Figures that many change at once: how many like a post, follow a circle, have commented.

One row would be a queue: every like waits for the commit before it. A figure is therefore spread
over slots, each deed raises one of them, and the sum is exact.
"""

import random
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from quanzi.db.engine import rows
from quanzi.db.transaction import after_commit
from quanzi.live import teller

SLOTS = 16
FOLLOWERS, LIKES, COMMENTS = "followers", "likes", "comments"


async def add(circle_id: int, kind: str, subject_id: int, by: int) -> None:
    """Inside the transaction of the deed that is counted, and only if it changed something."""
    after_commit(partial(teller.changed, circle_id, named(kind, subject_id)))
    await rows(
        """insert into tally (circle_id, kind, subject_id, slot, n) values ($1, $2, $3, $4, $5)
           on conflict (circle_id, kind, subject_id, slot) do update set n = tally.n + excluded.n""",
        circle_id,
        kind,
        subject_id,
        random.randrange(SLOTS),  # noqa: S311 - spread only
        by,
    )


async def read(wanted: Mapping[int, Collection[str]]) -> dict[int, dict[str, int]]:
    """Figures by circle and by their names on the page: "followers", "likes:5". One query."""
    asked = [(circle_id, *_parts(circle_id, name)) for circle_id, names in wanted.items()
             for name in names]  # fmt: skip
    found = await rows(
        """select w.circle_id, w.kind, w.subject_id, coalesce(sum(t.n), 0)::bigint as n
           from unnest($1::bigint[], $2::text[], $3::bigint[]) as w(circle_id, kind, subject_id)
           left join tally t using (circle_id, kind, subject_id)
           group by w.circle_id, w.kind, w.subject_id""",
        [circle_id for circle_id, _, _ in asked],
        [kind for _, kind, _ in asked],
        [subject_id for _, _, subject_id in asked],
    )
    figures: dict[int, dict[str, int]] = {circle_id: {} for circle_id in wanted}
    for circle_id, kind, subject_id, n in found:
        figures[circle_id][named(kind, subject_id)] = n
    return figures


def named(kind: str, subject_id: int) -> str:
    """A figure's name on the page."""
    return kind if kind == FOLLOWERS else f"{kind}:{subject_id}"


def _parts(circle_id: int, name: str) -> tuple[str, int]:
    kind, _, subject_id = name.partition(":")
    return kind, int(subject_id) if subject_id.isdecimal() else circle_id


async def followers(circle_id: int) -> int:
    return (await sums(circle_id, FOLLOWERS, [circle_id]))[circle_id]


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
