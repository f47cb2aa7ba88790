"""Pins whose start or end has come, and pins wished for with a planned post.

Ends are writes too: a page never decides by its own clock what is pinned. What could not begin is
told to who wanted it.
"""

from quanzi.activity.concerning import concern
from quanzi.curation import board, pinning
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Said, said
from quanzi.jobs import apart

AT_ONCE = 20
WAITS = f"""
    (select circle_id from pin where state = 'shown' and ends_at <= now() limit {AT_ONCE})
    union (select circle_id from pin where state = 'waiting' and starts_at <= now() limit {AT_ONCE})
    union (select circle_id from post where state = 'published' and pin_wanted limit {AT_ONCE})"""
WHY: dict[str, Said] = {
    "no slot": said("置顶位都满了"),
    "gone": said("帖子已经不在了"),
    "over": said("开始之前就已经到了结束的时间"),
}


async def turn_due() -> int:
    """How many circles' boards changed. Raises the last failure, after the others."""
    return await apart.each("pins", await _circles_due(), _turn)


async def _turn(circle_id: int) -> bool:
    """Whether its board changed."""
    async with transaction():
        await board.lock(circle_id)
        ended = await _end(circle_id)
        started = await _start(circle_id)
        wished = await _wished(circle_id)
        if ended or started or wished:
            await board.changed(circle_id, None)
            return True
    return False


async def _circles_due() -> list[int]:
    return [line["circle_id"] for line in await rows(f"{WAITS} order by circle_id")]


async def _end(circle_id: int) -> bool:
    ended = await rows(
        """update pin set state = 'ended', ended_at = now(), why_ended = 'over'
           where circle_id = $1 and state = 'shown' and ends_at <= now() returning id""",
        circle_id,
    )
    return bool(ended)


async def _start(circle_id: int) -> bool:
    due = await rows(
        """select id, post_id, slot, pinned_by, ends_at <= now() as over from pin where circle_id = $1 and state = 'waiting'
           and starts_at <= now() order by starts_at, id""",
        circle_id,
    )
    started = False
    for line in due:
        slot = await _slot_for(circle_id, line["slot"])
        standing = await row(
            "select 1 from post where circle_id = $1 and id = $2 and state = 'published'",
            circle_id,
            line["post_id"],
        )
        why = "gone" if standing is None else "over" if line["over"] else "no slot"
        if slot is None or standing is None or line["over"]:
            await pinning.take_down(circle_id, [line["post_id"]], why)
            await _tell(circle_id, line["post_id"], line["pinned_by"], why)
            continue
        await rows(
            """update pin set state = 'shown', slot = $3 where circle_id = $1 and id = $2""",
            circle_id,
            line["id"],
            slot,
        )
        started = True
    return started


async def _wished(circle_id: int) -> bool:
    """Posts that came out at their time and were to be pinned."""
    wishes = await rows(
        """update post set pin_wanted = false
           where circle_id = $1 and state = 'published' and pin_wanted
           returning id, pin_until, author_id, pin_until <= now() as over""",
        circle_id,
    )
    put_up = False
    for wish in wishes:
        if wish["over"]:
            await _tell(circle_id, wish["id"], wish["author_id"], "over")
            continue
        slot = await _slot_for(circle_id, 1)
        if slot is None:
            await _tell(circle_id, wish["id"], wish["author_id"], "no slot")
            continue
        # Somebody may have pinned it by hand meanwhile: then that is how it stands.
        await rows(
            """insert into pin (circle_id, post_id, slot, state, ends_at, pinned_by)
               values ($1, $2, $3, 'shown', $4, $5)
               on conflict (circle_id, post_id) where state in ('waiting', 'shown') do nothing""",
            circle_id,
            wish["id"],
            slot,
            wish["pin_until"],
            wish["author_id"],
        )
        put_up = True
    return put_up


async def _tell(circle_id: int, post_id: int, member_id: int, why: str) -> None:
    await concern(
        member_id, "pin.missed", actor_id=None, circle_id=circle_id, post_id=post_id, note=why
    )


async def _slot_for(circle_id: int, wished: int) -> int | None:
    """The wished slot if it is free, else the first free one."""
    most = await row("select pin_slots from circle where id = $1", circle_id)
    taken = await board.slots_taken(circle_id)
    free = [n for n in range(1, (most["pin_slots"] if most else 0) + 1) if n not in taken]
    return wished if wished in free else (free[0] if free else None)
