"""Partners as an admin sees them."""

from collections.abc import Sequence

import asyncpg

from quanzi.db.engine import rows

PAGE = 30


async def listed(before: int | None) -> Sequence[asyncpg.Record]:
    """The newest first, with how many circles and people; one more than a page when there are more."""
    return await rows(
        f"""select p.id, p.slug, p.name, p.name_en, p.kind, p.created_at,
                   (select count(*) from circle c where c.partner_id = p.id) as circles,
                   (select count(*) from staff s where s.partner_id = p.id) as staff
            from partner p where ($1::bigint is null or p.id < $1)
            order by p.id desc limit {PAGE + 1}""",
        before,
    )
