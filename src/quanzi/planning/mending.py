"""The way out of a conflict, taken by one press; and moving whatever stands on the calendar."""

from datetime import datetime, timedelta

from quanzi.circles.access import Place
from quanzi.curation import pinning
from quanzi.db.engine import database_now, rows
from quanzi.errors import Conflict as Changed
from quanzi.errors import NotAllowed, NotFound
from quanzi.planning import calendar, conflicts, highlighting, policy
from quanzi.planning.calendar import Item
from quanzi.planning.conflicts import Conflict
from quanzi.posts import carrying, replanning
from quanzi.reaching import sending

AROUND, AHEAD = timedelta(days=2), timedelta(days=400)


async def move(place: Place, kind: str, post_id: int, at: datetime) -> None:
    """A post, a notice or a waiting pin to another time; a pin keeps its slot and its length. Raises
    NotFound, NotAllowed, Conflict, and Invalid under `publish_at`, `send_at` or `starts_at`.
    """
    if kind == "post":
        await replanning.move(place, post_id, at)
        return
    if kind == "digest":
        await highlighting.plan(place, post_id, at)
        return
    if kind == "notice":
        await sending.move(place, post_id, at)
        return
    pin = await _waiting_pin(place, post_id)
    until = pin.until + (at - pin.at) if pin.until and pin.at else None
    await pinning.pin(place, post_id, slot=pin.slot, starts_at=at, ends_at=until)


async def mend(place: Place, kind: str, post_id: int) -> Conflict:
    """What was mended. Raises Conflict when there is nothing to mend any more, and what `move` raises."""
    if not policy.can_plan(place):
        raise NotAllowed
    found = next(
        (
            each
            for each in await standing([place])
            if (each.item.kind, each.item.id) == (kind, post_id) and each.mends
        ),
        None,
    )
    if found is None:
        raise Changed
    if found.leaves_service:
        await carrying.leave(place, post_id)
    elif found.slot:
        item = found.item
        await pinning.pin(place, post_id, slot=found.slot, starts_at=item.at, ends_at=item.until)
    elif found.at is not None:
        await move(place, kind, post_id, found.at)
    return found


async def standing(places: list[Place]) -> list[Conflict]:
    """All that are ahead in these circles."""
    now = await database_now()
    circles = [place.circle for place in places]
    items = await calendar.read(circles, now - AROUND, now + AHEAD)
    return conflicts.find(items, await roles([circle.id for circle in circles]), now)


async def roles(circle_ids: list[int]) -> dict[tuple[int, int], str]:
    """Of the partner's people, by circle and member."""
    found = await rows(
        """select c.id, s.member_id, s.role from circle c join staff s on s.partner_id = c.partner_id
           where c.id = any($1::bigint[])""",
        circle_ids,
    )
    return {(line["id"], line["member_id"]): line["role"] for line in found}


async def _waiting_pin(place: Place, post_id: int) -> Item:
    now = await database_now()
    for item in await calendar.read([place.circle], now, now + AHEAD):
        if (item.kind, item.id, item.state) == ("pin", post_id, "waiting"):
            return item
    raise NotFound
