"""On which days something comes again, and at which moment on each. Nothing but arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`every`: 'day', 'week' on `weekdays` (0 is Monday), or 'month' on `month_day`; a month that is
    shorter has it on its last day. `minute`: of the circle's day.
    """

    every: str
    minute: int
    first_day: date
    last_day: date | None = None
    weekdays: frozenset[int] = frozenset()
    month_day: int = 0

    def days(self, start: date, end: date) -> Iterator[date]:
        """From `start` up to and with `end`."""
        day = max(start, self.first_day)
        last = min(end, self.last_day) if self.last_day else end
        while day <= last:
            if self._is_on(day):
                yield day
            day += DAY

    def _is_on(self, day: date) -> bool:
        match self.every:
            case "week":
                return day.weekday() in self.weekdays
            case "month":
                ends = (day + DAY).day == 1
                return day.day == self.month_day or (ends and day.day < self.month_day)
        return True


def moment(day: date, minute: int, time_zone: str) -> datetime:
    """When a clock on the circle's wall shows it. A minute that is left out when clocks go forward is
    taken as if they had not; of one that comes twice it is the first.
    """
    shown = time(minute // 60, minute % 60)
    return datetime.combine(day, shown, ZoneInfo(time_zone)).astimezone(UTC)


def as_bits(weekdays: frozenset[int]) -> int:
    return sum(1 << day for day in weekdays)


def from_bits(bits: int) -> frozenset[int]:
    return frozenset(day for day in range(7) if bits >> day & 1)
