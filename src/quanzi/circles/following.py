"""Following a circle, and who does."""

from dataclasses import dataclass
from datetime import datetime

from quanzi.activity import tallying
from quanzi.circles import arriving, policy
from quanzi.circles.access import Place
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotAllowed

PAGE = 40


@dataclass(frozen=True, slots=True)
class Follower:
    member_id: int
    handle: str
    name: str
    since: datetime


async def follow(place: Place, source: str = "") -> bool:
    """Whether they did not follow it before. What is there already does not count as unread.

    `source`: one of `arriving.SOURCES`, or '' for what is not known.
    """
    if not policy.can_follow(place) or place.member_id is None:
        raise NotAllowed
    return await _counted(
        place,
        1,
        """with came as (
               insert into follow (circle_id, member_id, seen, source)
               select $1, $2, head, $3 from circle_head where circle_id = $1
               on conflict do nothing returning circle_id, source, since)
           insert into follow_step (circle_id, step, source, since)
           select circle_id, 'join', source, since from came returning 1""",
        arriving.known(source),
    )


async def unfollow(place: Place) -> bool:
    """Whether they did follow it."""
    if place.member_id is None:
        raise NotAllowed
    return await _counted(
        place,
        -1,
        """with left_it as (
               delete from follow where circle_id = $1 and member_id = $2
               returning circle_id, source, since)
           insert into follow_step (circle_id, step, source, since)
           select circle_id, 'leave', source, since from left_it returning 1""",
    )


async def seen(place: Place, seq: int) -> None:
    """They have looked at the circle up to this number; never less than before."""
    await rows(
        """update follow set seen = least($3, (select head from circle_head where circle_id = $1))
           where circle_id = $1 and member_id = $2 and seen < $3""",
        place.circle.id,
        place.member_id,
        seq,
    )


async def all_seen(member_id: int) -> None:
    """They have looked at everything there is."""
    await rows(
        """update follow f set seen = h.head from circle_head h
           where f.member_id = $1 and h.circle_id = f.circle_id and f.seen < h.head""",
        member_id,
    )


async def followers(circle_id: int, before: tuple[datetime, int] | None) -> list[Follower]:
    """The latest first; one more than a page when there are more. `before`: since and member."""
    found = await rows(
        f"""select m.id, m.handle, m.name, f.since from follow f join member m on m.id = f.member_id
            where f.circle_id = $1 and m.suspended_at is null
              and ($2::timestamptz is null or (f.since, f.member_id) < ($2, $3))
            order by f.since desc, f.member_id desc limit {PAGE + 1}""",
        circle_id,
        *(before or (None, 0)),
    )
    return [Follower(*line) for line in found]


async def _counted(place: Place, by: int, deed: str, *values: str) -> bool:
    circle_id, member_id = place.circle.id, place.member_id
    async with transaction():
        if not await rows(deed, circle_id, member_id, *values):
            return False
        await tallying.add(circle_id, tallying.FOLLOWERS, circle_id, by)
    return True
