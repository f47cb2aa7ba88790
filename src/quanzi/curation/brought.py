"""What a pin brings: how often the circle's page was shown while it was up, and how often its post was
opened.
"""

from quanzi.activity.seeing import Seen
from quanzi.db.engine import rows


async def add(seen: Seen) -> int:
    """How many pins have gained something. Inside the transaction that writes all of it down."""
    pages, opened = list(seen.pages.items()), list(seen.opened.items())
    found = await rows(
        """insert into pin_brought (circle_id, pin_id, views, opens)
           select n.circle_id, n.id, coalesce(s.n, 0), coalesce(o.n, 0) from pin n
           left join unnest($1::bigint[], $2::bigint[]) as s(circle_id, n)
               on s.circle_id = n.circle_id
           left join unnest($3::bigint[], $4::bigint[], $5::bigint[]) as o(circle_id, post_id, n)
               on o.circle_id = n.circle_id and o.post_id = n.post_id
           where n.circle_id = any($1::bigint[] || $3::bigint[]) and n.state = 'shown'
             and (s.n > 0 or o.n > 0)
           order by n.circle_id, n.id
           on conflict (circle_id, pin_id) do update
               set views = pin_brought.views + excluded.views,
                   opens = pin_brought.opens + excluded.opens
           returning 1""",
        *([each[n] for each in pages] for n in range(2)),
        [circle_id for (circle_id, _), _ in opened],
        [post_id for (_, post_id), _ in opened],
        [n for _, n in opened],
    )
    return len(found)
