"""Whether who looks at a circle's page has checked in today: then it has a line there, and no button.

All that can be done with it is known to the fans' own room above.
"""

from quanzi.circles.access import Place
from quanzi.db.engine import row

# Of the circle called `shown` and the member $2.
TODAY = """
    (select s.streak from check_in k
     join fan_standing s on s.circle_id = k.circle_id and s.member_id = k.member_id
     where shown.check_ins and k.circle_id = shown.id and k.member_id = $2
       and k.day = (now() at time zone shown.time_zone)::date)"""


async def today(place: Place) -> int | None:
    """For how many days running, when they have; no query where nobody checks in."""
    if not place.circle.check_ins or not place.follows:
        return None
    found = await row(
        f"select {TODAY} as streak from circle shown where shown.id = $1",
        place.circle.id,
        place.member_id,
    )
    return found["streak"] if found else None
