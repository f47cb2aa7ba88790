"""A month, a week or a list of days, as a grid begins and ends. Nothing but arithmetic."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
LISTED = timedelta(days=60)
VIEWS = ("month", "week", "list")


@dataclass(frozen=True, slots=True)
class View:
    """`first` and `last`: the days it shows. `on`: the day it was asked for. `now`: there."""

    name: str
    on: date
    first: date
    last: date
    now: datetime
    time_zone: str

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * n for n in range((self.last - self.first).days + 1)]

    @property
    def weeks(self) -> list[list[date]]:
        return [self.days[n : n + 7] for n in range(0, len(self.days), 7)]

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), ZoneInfo(self.time_zone))

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + DAY, time(), ZoneInfo(self.time_zone))

    @property
    def before(self) -> date:
        return self.first - DAY if self.name != "month" else self.on.replace(day=1) - DAY

    @property
    def after(self) -> date:
        return self.last + DAY if self.name != "month" else _next_month(self.on)

    def shows(self, day: date) -> bool:
        """Whether it is one of the month's own days, and not one that fills a week."""
        return self.name != "month" or (day.year, day.month) == (self.on.year, self.on.month)


def read(name: str, on: str, time_zone: str, now: datetime) -> View:
    """As an address asks for it; a month around today for what cannot be read."""
    local = now.astimezone(ZoneInfo(time_zone))
    today = local.date()
    name = name if name in VIEWS else "month"
    try:
        day = date.fromisoformat(on)
    except ValueError:
        day = today
    if not 2000 <= day.year <= 2100:  # noqa: PLR2004
        day = today
    first, last = _bounds(name, day)
    return View(name, day, first, last, local, time_zone)


def _bounds(name: str, day: date) -> tuple[date, date]:
    monday = day - DAY * day.weekday()
    match name:
        case "week":
            return monday, monday + DAY * 6
        case "list":
            return day, day + LISTED
    first = day.replace(day=1)
    last = _next_month(day) - DAY
    return first - DAY * first.weekday(), last + DAY * (6 - last.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=28) + DAY * 4).replace(day=1)
