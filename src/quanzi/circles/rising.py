"""Circles that rise: who gained most followers these days, for their size.

Counted every ten minutes by one process and written down, never for a page.
"""

from collections.abc import Sequence

import asyncpg

from quanzi.circles.access import CIRCLE
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction

SHOWN = 4
# Of a circle that gains more than this in a week nobody needs to know how many more.
MOST_COUNTED = 20_000
# Any number that nothing else in this database locks.
LOCK = 7_305_018
LATELY = "select from rising where at > now() - interval '10 minutes'"


async def count_due() -> int:
    """How many circles rise; 0 when it has been counted lately, or another process is at it."""
    async with transaction():
        lock = await row("select pg_try_advisory_xact_lock($1) as mine", LOCK)
        lately = await row(f"{LATELY} limit 1")
        if lately is not None or lock is None or not lock["mine"]:
            return 0
        await rows("delete from rising")
        made = await rows(
            """insert into rising (circle_id, gained, score)
               select circle_id, gained, gained / sqrt(10 + followers) from (
                   select c.id as circle_id, g.gained,
                          (select coalesce(sum(t.n), 0) from tally t where t.circle_id = c.id
                           and t.kind = 'followers' and t.subject_id = c.id) as followers
                   from circle c, lateral (select count(*) as gained from (
                       select 1 from follow f where f.circle_id = c.id
                       and f.since > now() - interval '7 days' limit $1) counted_up) g
                   where not c.hidden and g.gained > 0) counted returning 1""",
            MOST_COUNTED,
        )
        # When nothing rises, that too has been counted.
        if not made:
            await rows("insert into rising (circle_id, gained, score) values (0, 0, 0)")
    return len(made)


async def rising() -> Sequence[asyncpg.Record]:
    return await rows(
        f"""select shown.*, r.gained from rising r
            join ({CIRCLE} where not c.hidden) shown on shown.id = r.circle_id
            order by r.score desc, r.circle_id limit {SHOWN}"""
    )
