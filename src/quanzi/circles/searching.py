"""Finding circles by name and address, and by whose they are and their intro."""

from collections.abc import Sequence

import asyncpg

from quanzi.circles.access import CIRCLE
from quanzi.db.engine import rows
from quanzi.identity.sessions import Viewer
from quanzi.search.asking import Asked
from quanzi.search.ranking import WEIGHTS, Ranked
from quanzi.search.vectors import vector

PAGE = 12
AT_ONCE = 500


async def write(circle_id: int) -> None:
    """As the circle is now."""
    found = await rows(
        """select c.slug, c.name, c.name_en, c.intro, p.name as partner, p.name_en as partner_en
           from circle c
           join partner p on p.id = c.partner_id where c.id = $1""",
        circle_id,
    )
    for line in found:
        await rows(
            """insert into circle_search (circle_id, words) values ($1, $2::text::tsvector)
               on conflict (circle_id) do update set words = excluded.words""",
            circle_id,
            vector(
                line["name"],
                line["name_en"],
                line["slug"],
                beside=(line["partner"], line["partner_en"], line["intro"]),
            ),
        )


async def write_missing() -> int:
    found = await rows(
        f"""select c.id from circle c where not exists (
                select 1 from circle_search s where s.circle_id = c.id) limit {AT_ONCE}"""
    )
    for line in found:
        await write(line["id"])
    return len(found)


async def find(
    asked: Asked, viewer: Viewer | None, after: Ranked | None
) -> Sequence[asyncpg.Record]:
    """Those this person may know of, best first; one more than a page when there are more."""
    return await rows(
        f"""select * from (
                select shown.*, ts_rank({WEIGHTS}, s.words, $1::text::tsquery) as rank
                from ({CIRCLE}) shown join circle_search s on s.circle_id = shown.id
                where s.words @@ $1::text::tsquery
                  and (not shown.hidden or $2 or exists (
                      select 1 from staff t
                      where t.partner_id = shown.partner_id and t.member_id = $3))) found
            where $4::float4 is null or (rank, -id) < ($4::float4, -$5::bigint)
            order by rank desc, id limit {PAGE + 1}""",
        asked.query,
        bool(viewer and viewer.platform_role),
        viewer.member_id if viewer else None,
        after.rank if after else None,
        after.id if after else 0,
    )
