"""The pins of a circle in another order, all at once; and how they stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles.access import Place
from quanzi.curation import board, policy
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, NotAllowed

PAGE = 20


@dataclass(frozen=True, slots=True)
class Stood:
    """A pin as the desk shows it. `until`: when it ends, or ended; None is no end."""

    id: int
    post_id: int
    slot: int
    state: str
    starts_at: datetime
    until: datetime | None
    why_ended: str
    title: str
    views: int
    opens: int
    pinned_by: str

    @property
    def key(self) -> tuple[datetime, int]:
        return self.until or self.starts_at, self.id


STOOD = """
    select n.id, n.post_id, n.slot, n.state, n.starts_at, coalesce(n.ended_at, n.ends_at) as until,
           n.why_ended, left(p.body, 80) as title, coalesce(b.views, 0) as views,
           coalesce(b.opens, 0) as opens, m.name as pinned_by
    from pin n join post p on p.circle_id = n.circle_id and p.id = n.post_id
    join member m on m.id = n.pinned_by
    left join pin_brought b on b.circle_id = n.circle_id and b.pin_id = n.id
    where n.circle_id = $1
"""


async def arrange(place: Place, post_ids: Sequence[int]) -> int:
    """The number of the event; 0 when they stood so. Raises NotAllowed, and Conflict when these are not
    the posts that are pinned now.
    """
    if not policy.can_pin(place):
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        await board.lock(circle_id)
        taken = await board.slots_taken(circle_id)
        if sorted(taken.values()) != sorted(post_ids):
            raise Conflict
        wanted = dict(zip(sorted(taken), post_ids, strict=True))
        if wanted == taken:
            return 0
        # By way of no slot at all, since a slot is unique at every moment.
        await rows(
            """update pin set state = 'waiting' where circle_id = $1 and state = 'shown'""",
            circle_id,
        )
        await rows(
            """update pin set state = 'shown', slot = w.slot
               from unnest($2::int[], $3::bigint[]) as w(slot, post_id)
               where circle_id = $1 and pin.post_id = w.post_id and state = 'waiting'""",
            circle_id,
            list(wanted),
            list(wanted.values()),
        )
        return await board.changed(circle_id, place.member_id)


async def standing(circle_id: int) -> list[Stood]:
    """Those that are up by slot, then those that wait by their start."""
    found = await rows(
        f"""{STOOD} and n.state in ('shown', 'waiting')
            order by n.state = 'waiting', case n.state when 'shown' then n.slot end, n.starts_at""",
        circle_id,
    )
    return [Stood(**line) for line in found]


async def history(circle_id: int, before: tuple[datetime, int] | None) -> list[Stood]:
    """Those that ended, the latest first; one more than a page when there are more."""
    found = await rows(
        f"""{STOOD} and n.state = 'ended'
            and ($2::timestamptz is null or (n.ended_at, n.id) < ($2, $3))
            order by n.ended_at desc, n.id desc limit {PAGE + 1}""",
        circle_id,
        *(before or (None, 0)),
    )
    return [Stood(**line) for line in found]
