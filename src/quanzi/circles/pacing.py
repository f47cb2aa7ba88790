"""Setting a circle's clock, and how often and when is posted by it."""

from zoneinfo import available_timezones

import asyncpg

from quanzi.activity.recording import record
from quanzi.circles import pace, policy
from quanzi.circles.access import Place
from quanzi.circles.pace import Pace
from quanzi.db.engine import rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, said


async def set_pace(place: Place, wanted: Pace, time_zone: str) -> int:
    """The number of the event. What has been planned keeps its moment, and is shown as a conflict
    where it breaks a new rule. Raises NotAllowed, Invalid.
    """
    if not policy.can_change(place):
        raise NotAllowed
    pace.check(wanted)
    if time_zone not in available_timezones() or not await _database_knows(time_zone):
        raise Invalid(time_zone=said("请选择一个时区。"))
    async with transaction():
        changed = await rows(
            """update circle set pace = $2, time_zone = $3, version = version + 1
               where id = $1 returning version""",
            place.circle.id,
            pace.written(wanted),
            time_zone,
        )
        return await record(
            place.circle.id,
            "circle.changed",
            place.circle.id,
            changed[0]["version"],
            place.member_id,
        )


async def _database_knows(time_zone: str) -> bool:
    """It reckons by it for all circles in one question: one that it lacks would stop them all."""
    try:
        await rows("select now() at time zone $1", time_zone)
    except asyncpg.InvalidParameterValueError:
        return False
    return True
