"""Finding members by name and handle."""

from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import rows
from quanzi.search.asking import Asked
from quanzi.search.ranking import WEIGHTS, Ranked
from quanzi.search.vectors import vector

PAGE = 20
AT_ONCE = 500
# Of so many who match, the best are shown; whoever looks for one person types more.
LOOKED_AT = 1000


async def write(member_id: int, handle: str, name: str) -> None:
    await rows(
        """insert into member_search (member_id, words) values ($1, $2::text::tsvector)
           on conflict (member_id) do update set words = excluded.words""",
        member_id,
        vector(name, handle),
    )


async def write_missing() -> int:
    found = await rows(
        f"""select m.id, m.handle, m.name from member m where not exists (
                select 1 from member_search s where s.member_id = m.id) limit {AT_ONCE}"""
    )
    for line in found:
        await write(*line)
    return len(found)


async def find(asked: Asked, after: Ranked | None) -> Sequence[asyncpg.Record]:
    """Best first: who is called just so, then who is called something like it."""
    return await rows(
        f"""select * from (
                select m.id, m.handle, m.name,
                       ts_rank({WEIGHTS}, s.words, $1::text::tsquery, 1) as rank
                from member_search s join member m on m.id = s.member_id
                where s.words @@ $1::text::tsquery and m.suspended_at is null
                limit {LOOKED_AT}) matching
            where $2::float4 is null or (rank, -id) < ($2::float4, -$3::bigint)
            order by rank desc, id limit {PAGE + 1}""",
        asked.query,
        after.rank if after else None,
        after.id if after else 0,
    )
