"""A post of the demo, as it is written down in `posts/`."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Post:
    """`when`: "9 22:10" nine days ago at that time; "35" so many minutes ago; "+1 07:00" planned.

    `pictures`: names of drawings, with spaces between. `pin`: the slot it is pinned to.
    """

    by: str
    when: str
    body: str
    pictures: str = ""
    pin: int = 0

    @property
    def drawings(self) -> list[str]:
        return self.pictures.split()

    @property
    def planned(self) -> bool:
        return self.when.startswith("+")

    def moment(self, now: datetime) -> datetime:
        days, _, at = self.when.partition(" ")
        if not at:
            return now - timedelta(minutes=int(days))
        day = now.astimezone(ZONE).date() - timedelta(
            days=-int(days) if self.planned else int(days)
        )
        return datetime.combine(day, time.fromisoformat(at), ZONE)
