"""Who has opened a notice: noted in the process and written down a moment later, since looking at a
page changes nothing.
"""

from quanzi.db.engine import rows

MOST = 10_000

_opened: set[tuple[int, int, int]] = set()


def note(circle_id: int, notice_id: int, member_id: int) -> None:
    if len(_opened) < MOST:
        _opened.add((circle_id, notice_id, member_id))


async def write_down() -> int:
    """How many are new. A process that is killed takes the last of them along."""
    if not _opened:
        return 0
    taken = sorted(_opened)
    _opened.clear()
    found = await rows(
        """update circle_notice_sent t set opened_at = now()
           from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as o(circle_id, notice_id, member_id)
           where t.circle_id = o.circle_id and t.notice_id = o.notice_id
             and t.member_id = o.member_id and t.opened_at is null returning 1""",
        *(list(each) for each in zip(*taken, strict=True)),
    )
    return len(found)
