"""Finding collections by their titles, and by what their editors say in them."""

from collections.abc import Sequence

import asyncpg

from quanzi.circles.readable import readable
from quanzi.collections.reading import LISTED
from quanzi.db.engine import rows
from quanzi.identity.sessions import Viewer
from quanzi.search.asking import Asked
from quanzi.search.ranking import WEIGHTS, Ranked
from quanzi.search.vectors import vector

PAGE = 12
AT_ONCE = 200


async def write(circle_id: int, collection_id: int) -> None:
    """As it is now; a draft is not found."""
    found = await rows(
        """select k.title, k.intro,
                  (select coalesce(array_agg(s.title), '{}') from collection_section s
                   where s.circle_id = k.circle_id and s.collection_id = k.id) as sections,
                  (select coalesce(array_agg(concat_ws(' ', e.title, e.start, e.note)), '{}')
                   from collection_entry e
                   where e.circle_id = k.circle_id and e.collection_id = k.id) as entries
           from collection k where k.circle_id = $1 and k.id = $2 and k.state = 'published'""",
        circle_id,
        collection_id,
    )
    for line in found:
        await rows(
            """insert into collection_search (circle_id, collection_id, words)
               values ($1, $2, $3::text::tsvector)
               on conflict (circle_id, collection_id) do update set words = excluded.words""",
            circle_id,
            collection_id,
            vector(line["title"], beside=(line["intro"], *line["sections"], *line["entries"])),
        )
    if not found:
        await rows(
            "delete from collection_search where circle_id = $1 and collection_id = $2",
            circle_id,
            collection_id,
        )


async def write_missing() -> int:
    found = await rows(
        f"""select k.circle_id, k.id from collection k
            where k.state = 'published' and not exists (
                select 1 from collection_search s
                where s.circle_id = k.circle_id and s.collection_id = k.id) limit {AT_ONCE}"""
    )
    for line in found:
        await write(line["circle_id"], line["id"])
    return len(found)


async def find(
    asked: Asked, viewer: Viewer | None, after: Ranked | None
) -> Sequence[asyncpg.Record]:
    """Those in circles that this person may read, best first; one more than a page when there are
    more.
    """
    return await rows(
        f"""select * from (
                select shown.*, c.slug, c.name as circle, c.name_en as circle_en,
                       ts_rank({WEIGHTS}, s.words, $1::text::tsquery) as rank
                from collection_search s
                join ({LISTED}) shown on shown.circle_id = s.circle_id and shown.id = s.collection_id
                join circle c on c.id = s.circle_id
                where s.words @@ $1::text::tsquery and shown.state = 'published'
                  and {readable("$3::bigint", "$2::bool")}) found
            where $4::float4 is null or (rank, -id) < ($4::float4, -$5::bigint)
            order by rank desc, id limit {PAGE + 1}""",
        asked.query,
        bool(viewer and viewer.platform_role),
        viewer.member_id if viewer else None,
        after.rank if after else None,
        after.id if after else 0,
    )
