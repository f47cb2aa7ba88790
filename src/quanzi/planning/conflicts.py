"""What is planned and will not go well, and the way out of it. Nothing but arithmetic on what stands
on the calendar: the page, the check before a time is chosen, and `mending.py` ask the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from quanzi.circles import pace
from quanzi.circles.policy import EDITS
from quanzi.errors import Said, said
from quanzi.planning.calendar import Item

FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Conflict:
    """`at`, `slot` or `leaves_service`: what would mend it; none when somebody has to think."""

    item: Item
    what: str
    sentence: Said
    at: datetime | None = None
    slot: int = 0
    leaves_service: bool = False

    @property
    def mends(self) -> bool:
        return self.at is not None or self.slot > 0 or self.leaves_service


def find(
    items: Sequence[Item], roles: Mapping[tuple[int, int], str], now: datetime
) -> list[Conflict]:
    """In order of time. `items`: of the calendar, from now on or from earlier. `roles`: of the
    partner's people, by circle and member.
    """
    found: list[Conflict] = []
    for circle_id in dict.fromkeys(item.circle.id for item in items):
        here = [item for item in items if item.circle.id == circle_id]
        found += _of_posts(here, roles, now)
        found += _of_pins(here, now)
        found += _of_notices(here, roles, now)
    return sorted(found, key=lambda each: (each.item.at or now, each.item.key))


def _of_posts(
    items: Sequence[Item], roles: Mapping[tuple[int, int], str], now: datetime
) -> list[Conflict]:
    posts = [item for item in items if item.kind == "post" and item.at is not None]
    found = []
    for item in posts:
        if item.state in {"published", "draft", "missed"} or _at(item) <= now:
            continue
        role = roles.get((item.circle.id, item.author_id), "")
        if role not in EDITS:
            found.append(Conflict(item, "staff", said("作者已经不是圈子的编辑，不会发布。")))
            continue
        found += _of_pace(item, posts, role)
        if _service_is_over(item):
            over = said("附上的服务那时已经结束。")
            found.append(Conflict(item, "service", over, leaves_service=True))
        if item.state == "approval":
            found.append(Conflict(item, "approval", said("圈主批准以后才会发布。")))
    return found


def _of_notices(
    items: Sequence[Item], roles: Mapping[tuple[int, int], str], now: datetime
) -> list[Conflict]:
    """It would wait until the quiet hours are over: here it is seen before."""
    found = []
    for item in items:
        if item.kind != "notice" or item.state not in {"planned", "approval"} or _at(item) <= now:
            continue
        role = roles.get((item.circle.id, item.author_id), "")
        if role not in EDITS:
            found.append(Conflict(item, "staff", said("作者已经不是圈子的编辑，不会发出。")))
            continue
        zone, quiet = item.circle.time_zone, item.circle.pace.of(role).only_quiet
        broken = pace.broken(quiet, _at(item), [], zone) if item.at else None
        if broken is not None:
            sentence = broken.sentence(quiet, zone)
            found.append(Conflict(item, "quiet", sentence, at=broken.until))
        if item.state == "approval":
            found.append(Conflict(item, "approval", said("圈主批准以后才会发出。")))
    return found


def _service_is_over(item: Item) -> bool:
    ends = item.service_ends
    return item.service not in {"", "shown", "waiting"} or (ends is not None and ends <= _at(item))


def _of_pace(item: Item, posts: Sequence[Item], role: str) -> list[Conflict]:
    """Of two that are too many the later one is. Its way out is free of all the others."""
    rule, zone = item.circle.pace.of(role), item.circle.time_zone
    if not rule:
        return []
    others = [other for other in posts if other is not item]
    earlier = [_at(other) for other in others if (_at(other), other.id) < (_at(item), item.id)]
    broken = pace.broken(rule, _at(item), earlier, zone)
    if broken is None:
        return []
    free = pace.broken(rule, _at(item), [_at(other) for other in others], zone) or broken
    return [Conflict(item, broken.what, free.sentence(rule, zone), at=free.until)]


def _of_pins(items: Sequence[Item], now: datetime) -> list[Conflict]:
    """Of two in one slot the one that begins later is in the way; one that takes whatever slot is free
    is, when none is.
    """
    pins = [item for item in items if _pins(item) and _end(item) > now]
    pins.sort(key=lambda item: (_at(item), item.kind, item.id))
    found, standing = [], list[Item]()
    for item in pins:
        slots = item.circle.pin_slots
        taken = {other.slot for other in standing if _end(other) > _at(item)}
        begins = _at(item) > now
        if item.slot > slots or item.slot in taken or (not item.slot and len(taken) >= slots):
            if begins:
                found.append(_in_the_way(item, pins, standing))
            standing.append(item)
        else:
            # Without a slot it will take the first that is free.
            first = next(n for n in range(1, slots + 1) if n not in taken)
            standing.append(replace(item, slot=item.slot or first))
    return found


def _in_the_way(item: Item, pins: Sequence[Item], standing: Sequence[Item]) -> Conflict:
    """Another slot if one is free for all its time, else the moment at which its own is."""
    for slot in range(1, item.circle.pin_slots + 1):
        others = [other for other in pins if other is not item and other.slot == slot]
        if item.slot and not any(_at(o) < _end(item) and _at(item) < _end(o) for o in others):
            sentence = said(
                "置顶位 %(slot)d 那时有别的帖子，%(free)d 号位空着。", slot=item.slot, free=slot
            )
            return Conflict(item, "slot", sentence, slot=slot)
    ends = [_end(other) for other in standing if _end(other) > _at(item)]
    free = min(ends) if ends else FOR_EVER
    if free == FOR_EVER or free >= _end(item) or item.kind != "pin":
        return Conflict(item, "slot", said("那时没有空的置顶位。"))
    return Conflict(item, "slot", said("那时没有空的置顶位，晚一点就有。"), at=free)


def _pins(item: Item) -> bool:
    if item.kind == "pin":
        return item.state in {"waiting", "shown"}
    return item.kind == "post" and item.pins and item.at is not None and item.state == "scheduled"


def _at(item: Item) -> datetime:
    return item.at or FOR_EVER


def _end(item: Item) -> datetime:
    return item.until or FOR_EVER
