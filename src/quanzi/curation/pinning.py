"""Pinning a post to a slot, moving it, and taking it down."""

from datetime import datetime

from quanzi import clock
from quanzi.circles.access import Place
from quanzi.curation import board, policy
from quanzi.db.engine import database_now, row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.posts import reading

FULL = said("置顶位都满了，请先取消一个。")


async def pin(
    place: Place,
    post_id: int,
    *,
    slot: int | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> int:
    """The number of the event; 0 for a pin that waits for its start, or changes nothing.

    Without a slot the first free one. A pinned post that is pinned again moves; if its new slot is
    taken the two change places. Raises NotFound, NotAllowed, Invalid.
    """
    if not policy.can_pin(place) or place.member_id is None:
        raise NotAllowed
    # By the clock that ends and starts pins, whatever this machine's says.
    now = await database_now() if starts_at or ends_at else clock.now()
    _check(place, slot, starts_at, ends_at, now)
    circle_id = place.circle.id
    async with transaction():
        await board.lock(circle_id)
        post = await reading.locked(place, post_id)
        if post.state != "published":
            raise Conflict(said("还没有发布的帖子不能置顶。"))
        if starts_at and starts_at > now:
            await _wait(place, post_id, slot or 1, starts_at, ends_at)
            return 0
        if await _put_up(place, post_id, slot, ends_at):
            return await board.changed(circle_id, place.member_id)
    return 0


async def unpin(place: Place, post_id: int) -> int:
    """The number of the event; 0 when it was not up. Raises NotFound, NotAllowed."""
    if not policy.can_pin(place):
        raise NotAllowed
    circle_id = place.circle.id
    async with transaction():
        await board.lock(circle_id)
        await reading.one(place, post_id)
        if await take_down(circle_id, [post_id], "unpinned"):
            return await board.changed(circle_id, place.member_id)
    return 0


async def take_down(circle_id: int, post_ids: list[int], why: str) -> bool:
    """Whether one of them was up. Waiting ones end too. The board must be locked."""
    ended = await rows(
        """update pin set state = 'ended', ended_at = now(), why_ended = $3
           where circle_id = $1 and post_id = any($2::bigint[]) and state <> 'ended'
           returning (select old.state from pin old
                      where old.circle_id = pin.circle_id and old.id = pin.id) as was""",
        circle_id,
        post_ids,
        why,
    )
    return any(line["was"] == "shown" for line in ended)


def _check(
    place: Place,
    slot: int | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    now: datetime,
) -> None:
    if slot is not None and not 1 <= slot <= place.circle.pin_slots:
        raise Invalid(slot=said("置顶位只有 1–%(most)d。", most=place.circle.pin_slots))
    if ends_at and ends_at <= max(starts_at or now, now):
        raise Invalid(ends_at=said("结束时间要晚于开始时间，也要在现在之后。"))


async def _put_up(place: Place, post_id: int, slot: int | None, ends_at: datetime | None) -> bool:
    """Whether anything on the board changed."""
    circle_id = place.circle.id
    taken = await board.slots_taken(circle_id)
    current = next((at for at, who in taken.items() if who == post_id), None)
    wanted = slot or current or _first_free(place, taken)
    if current is None and (wanted is None or wanted in taken):
        raise Invalid(slot=FULL)
    if current is None:
        await rows(
            "delete from pin where circle_id = $1 and post_id = $2 and state = 'waiting'",
            circle_id,
            post_id,
        )
        await rows(
            """insert into pin (circle_id, post_id, slot, state, ends_at, pinned_by)
               values ($1, $2, $3, 'shown', $4, $5)""",
            circle_id,
            post_id,
            wanted,
            ends_at,
            place.member_id,
        )
        return True
    await rows(
        "update pin set ends_at = $3 where circle_id = $1 and post_id = $2 and state = 'shown'",
        circle_id,
        post_id,
        ends_at,
    )
    if wanted is not None and wanted != current:
        await _change_places(circle_id, current, wanted)
        return True
    return False


async def _change_places(circle_id: int, current: int, wanted: int) -> None:
    # By way of slot 0, since a slot is unique at every moment.
    move = "update pin set slot = $3 where circle_id = $1 and slot = $2 and state = 'shown'"
    await rows(move, circle_id, current, 0)
    await rows(move, circle_id, wanted, current)
    await rows(move, circle_id, 0, wanted)


def _first_free(place: Place, taken: dict[int, int]) -> int | None:
    return next((n for n in range(1, place.circle.pin_slots + 1) if n not in taken), None)


async def _wait(
    place: Place, post_id: int, slot: int, starts_at: datetime, ends_at: datetime | None
) -> None:
    circle_id = place.circle.id
    up = await row(
        "select 1 from pin where circle_id = $1 and post_id = $2 and state = 'shown'",
        circle_id,
        post_id,
    )
    if up:
        raise Conflict(said("这篇帖子已经置顶了。"))
    await rows(
        """insert into pin (circle_id, post_id, slot, state, starts_at, ends_at, pinned_by)
           values ($1, $2, $3, 'waiting', $4, $5, $6)
           on conflict (circle_id, post_id) where state in ('waiting', 'shown')
           do update set slot = excluded.slot, starts_at = excluded.starts_at,
                         ends_at = excluded.ends_at, pinned_by = excluded.pinned_by""",
        circle_id,
        post_id,
        slot,
        starts_at,
        ends_at,
        place.member_id,
    )
