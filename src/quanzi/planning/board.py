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
    circle = place.circle
    board = await of_circles([circle], name, on)
    known = await hours.of(circle)
    planned = [item.at for items in board.by_day.values() for item in items
               if item.kind == "post" and item.at]  # fmt: skip
    best = hours.best(known, circle, place.role, planned, await database_now())
    return replace(board, hours=known, best=best)


async def of_circles(circles: list[Shown], name: str, on: str) -> Board:
    """By the clock of the first of them."""
    now = await database_now()
    view = views.read(name, on, circles[0].time_zone, now)
    # Each stands on the day and hour of its own circle's clock: elsewhere it may be another day.
    items = await calendar.read(circles, view.start - views.DAY, view.end + views.DAY)
    # Nothing is planned further ahead than that, however far one looks.
    ahead = min(max(view.end, now), now + mending.AHEAD)
    around = await calendar.read(circles, now - mending.AROUND, ahead)
    found = conflicts.find(around, await mending.roles([circle.id for circle in circles]), now)
    return Board(
        view,
        _by_day(items, view),
        await calendar.drafts(circles),
        found,
        Hours({}),
        [],
    )


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
