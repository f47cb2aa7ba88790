"""Who may be feeding whom: people whose likes count for each other, month after month."""

from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import rows

MOST = 50


async def pairs() -> Sequence[asyncpg.Record]:
    """Of these three months, the most mutual first. Each pair once."""
    return await rows(
        f"""with feeds as (
                select author_id, liker_id, sum(n)::int as n from credit_pair
                where month > now() - interval '90 days' group by author_id, liker_id)
            select a.handle as one, a.name as one_name, b.handle as other, b.name as other_name,
                   f.n as given, g.n as got
            from feeds f join feeds g on g.author_id = f.liker_id and g.liker_id = f.author_id
            join member a on a.id = f.liker_id join member b on b.id = f.author_id
            where f.liker_id < f.author_id and least(f.n, g.n) > 1
            order by least(f.n, g.n) desc, f.n + g.n desc, f.liker_id limit {MOST}"""
    )
