"""Who has opened a notice: noted in the process and written down a moment later, since looking at a
page changes nothing.
"""

from collections import defaultdict

from quanzi.db.engine import rows
from quanzi.db.transaction import transaction

MOST = 10_000

_opened: set[tuple[int, int, int]] = set()


def note(circle_id: int, notice_id: int, member_id: int) -> None:
    if len(_opened) < MOST:
        _opened.add((circle_id, notice_id, member_id))


async def write_down() -> int:
    """How many are new. What the database cannot take now is tried again; a process that is killed
    takes the last of them along.
    """
    by_notice = defaultdict(list)
    for circle_id, notice_id, member_id in _opened:
        by_notice[circle_id, notice_id].append(member_id)
    new = 0
    for about, member_ids in sorted(by_notice.items()):
        new += await _write(*about, sorted(member_ids))
        _opened.difference_update((*about, member_id) for member_id in member_ids)
    return new


async def _write(circle_id: int, notice_id: int, member_ids: list[int]) -> int:
    async with transaction():
        found = await rows(
            """update circle_notice_sent set opened_at = now()
               where circle_id = $1 and notice_id = $2 and member_id = any($3::bigint[])
                 and opened_at is null returning 1""",
            circle_id,
            notice_id,
            member_ids,
        )
        if found:
            await rows(
                "update circle_notice set opened = opened + $3 where circle_id = $1 and id = $2",
                circle_id,
                notice_id,
                len(found),
            )
    return len(found)
