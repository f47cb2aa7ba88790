"""The directory: categories, and the circles in them."""

from collections.abc import Sequence

import asyncpg

from quanzi.circles.access import CIRCLE
from quanzi.db.engine import rows

PAGE = 48


async def categories(also: str = "") -> Sequence[asyncpg.Record]:
    """Those that are offered; and `also`, though it is not."""
    return await rows(
        """select slug, name, name_en from category where retired_at is null or slug = $1
           order by place, slug""",
        also,
    )


async def circles(category: str, after: int, *, size: int = PAGE) -> Sequence[asyncpg.Record]:
    """Public circles with a look at how lively they are, oldest first, keyed by id."""
    return await rows(
        f"""select shown.*, h.head, e.at as latest
            from ({CIRCLE} where not c.hidden) shown join circle_head h on h.circle_id = shown.id
            left join circle_event e on e.circle_id = h.circle_id and e.seq = h.head
            where ($1 = '' or shown.category_slug = $1) and shown.id > $2
            order by shown.id limit {size + 1}""",
        category,
        after,
    )


async def run_by(member_id: int) -> Sequence[asyncpg.Record]:
    """The circles this member is on the staff of."""
    return await rows(
        f"""{CIRCLE} join staff s on s.partner_id = p.id
            where s.member_id = $1 order by c.id limit 100""",
        member_id,
    )
