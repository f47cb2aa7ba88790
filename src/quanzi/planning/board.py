"""All that the calendar's page shows, read for one view of one circle or of several."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from quanzi.circles.access import Place, Shown
from quanzi.db.engine import database_now
from quanzi.planning import calendar, conflicts, hours, mending, views
from quanzi.planning.calendar import Item
from quanzi.planning.conflicts import Conflict
from quanzi.planning.hours import Hours
from quanzi.planning.views import View


@dataclass(frozen=True, slots=True)
class Board:
    """`by_day`: what is to be seen on it, by the days of the view; `best`: hours to be heard in."""

    view: View
    by_day: dict[date, list[Item]]
    drafts: list[Item]
    conflicts: list[Conflict]
    hours: Hours
    best: list[datetime]

    @property
    def clashing(self) -> set[str]:
        """The keys of items that are in a conflict."""
        return {each.item.key for each in self.conflicts}


async def of_circle(place: Place, name: str, on: str) -> Board:
    circle, now = place.circle, await database_now()
    board = await _at(now, [circle], name, on)
    known = await hours.of(circle)
    planned = [item.at for items in board.by_day.values() for item in items
               if item.kind == "post" and item.at]  # fmt: skip
    return replace(board, hours=known, best=hours.best(known, circle, place.role, planned, now))


async def of_circles(circles: list[Shown], name: str, on: str) -> Board:
    """By the clock of the first of them."""
    return await _at(await database_now(), circles, name, on)


async def _at(now: datetime, circles: list[Shown], name: str, on: str) -> Board:
    view = views.read(name, on, circles[0].time_zone, now)
    items, shown, around = await _read(circles, view, now)
    roles = await mending.roles([circle.id for circle in circles])
    found = conflicts.find(around, roles, now)
    return Board(view, _by_day(shown, view), calendar.drafts(items), found, Hours({}), [])


async def _read(
    circles: list[Shown], view: View, now: datetime
) -> tuple[list[Item], list[Item], list[Item]]:
    """What there is; of it what the view shows, and what can be in each other's way from now on. They
    are asked for at once where they meet, as they do unless one looks far back or far ahead; and
    apart when that is more than one answer holds.
    """
    # Each stands on the day and hour of its own circle's clock: elsewhere it may be another day.
    first, last = view.start - views.DAY, view.end + views.DAY
    # Nothing is planned further ahead than that, however far one looks.
    since, ahead = now - mending.AROUND, min(max(view.end, now), now + mending.AHEAD)
    if first <= ahead and since <= last:
        both = await calendar.read(circles, min(first, since), max(last, ahead))
        if len(both) < calendar.MOST:
            within = calendar.within
            return both, within(both, first, last), within(both, since, ahead)
    items = await calendar.read(circles, first, last)
    return items, items, await calendar.read(circles, since, ahead)


def _by_day(items: list[Item], view: View) -> dict[date, list[Item]]:
    """A pin that began before the view stands on its first day."""
    found: dict[date, list[Item]] = {day: [] for day in view.days}
    for item in items:
        if item.local is not None:
            day = item.local.date()
            if item.kind == "pin":
                day = max(day, view.first)
            if day in found:
                found[day].append(item)
    return found
