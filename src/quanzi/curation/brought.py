"""What a pin brings: how often the circle's page was shown while it was up, and how often its post was
opened.

Counted in the process and written down every few seconds, since no reader waits for a figure; a
process that is killed takes the last of them along.
"""

from collections import Counter

from quanzi.db.engine import rows
from quanzi.posts import opened as opened_posts

# Whoever asks chooses what is counted: of more than so many at once some go uncounted.
MOST = 10_000

_shown: Counter[int] = Counter()


def page_shown(circle_id: int) -> None:
    if circle_id in _shown or len(_shown) < MOST:
        _shown[circle_id] += 1


async def write_down() -> int:
    """How many pins have gained something."""
    shown, opened = _shown.copy(), opened_posts.taken()
    _shown.clear()
    if not shown and not opened:
        return 0
    pages = list(shown.items())
    posts = [(circle_id, post_id, n) for (circle_id, post_id), n in opened.items()]
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
        *([each[n] for each in posts] for n in range(3)),
    )
    return len(found)
