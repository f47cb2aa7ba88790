"""Of which circles figures are asked, and for which days."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from quanzi import clock
from quanzi.circles.access import Place
from quanzi.circles.partners import Counter
from quanzi.db.engine import rows
from quanzi.errors import NotFound
from quanzi.insights import policy

LENGTHS = (7, 28, 91)
USUAL = 28


@dataclass(frozen=True, slots=True)
class Scope:
    """`days`: how many, the last of them today, in the zone of the circle (or of the partner's first)."""

    circle_ids: tuple[int, ...]
    time_zone: str
    last: date
    days: int

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    @property
    def before(self) -> date:
        """The first day of the period before, which is as long."""
        return self.first - timedelta(days=self.days)


def length(asked: str) -> int:
    return int(asked) if asked in {str(each) for each in LENGTHS} else USUAL


def of_circle(place: Place, days: int) -> Scope:
    """Raises NotFound for who may not see it."""
    if not policy.can_see(place):
        raise NotFound
    return _made((place.circle.id,), place.circle.time_zone, days)


async def of_partner(here: Counter, days: int) -> Scope:
    """All its circles together, those too that only its staff know of. Raises NotFound."""
    if not policy.can_see(here):
        raise NotFound
    return await of_all(here.partner.id, days)


async def of_all(partner_id: int, days: int) -> Scope:
    found = await rows(
        "select id, time_zone from circle where partner_id = $1 order by id", partner_id
    )
    zone = found[0]["time_zone"] if found else "Asia/Shanghai"
    return _made(tuple(line["id"] for line in found), zone, days)


def _made(circle_ids: tuple[int, ...], time_zone: str, days: int) -> Scope:
    return Scope(circle_ids, time_zone, clock.now().astimezone(ZoneInfo(time_zone)).date(), days)
