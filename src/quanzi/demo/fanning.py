"""The demo's fans: some tags, two segments, and a circle where people check in. By their verbs."""

import uuid

from quanzi.circles import access
from quanzi.circles.access import Place
from quanzi.db.engine import row, rows
from quanzi.fans import checking_in, grouping, levels, tagging, tags
from quanzi.fans.conditions import Conditions
from quanzi.identity import sessions

CIRCLE, KEEPER = "pearl-river-night-run", "joyrun-editor"
NAMES = ("热身", "起跑", "配速员", "", "")
STREAKS = {"xiaolan": 9, "aqiang": 3}


async def keep_in_touch(ids: dict[str, int]) -> None:
    """`ids`: members by handle. Where there is a segment already nothing is added."""
    if await row("select 1 from segment limit 1"):
        return
    keeper = await _place(ids[KEEPER])
    regular = await tags.make(keeper, "常客", None, key=uuid.uuid4())
    gift = await tags.make(keeper, "送过参赛包", None, key=uuid.uuid4())
    await tags.make(keeper, "最近在聊", Conditions(active_within=30), key=uuid.uuid4())
    await tagging.put(keeper, regular, [ids["xiaolan"], ids["aqiang"]])
    await tagging.put(keeper, gift, [ids["xiaolan"]])
    await grouping.make(
        keeper, "爱聊夜跑的", Conditions(topic="夜跑", active_within=90), key=uuid.uuid4()
    )
    await grouping.make(keeper, "常客，还没送过", Conditions(
        tags_all=(regular,), tags_none=(gift,)), key=uuid.uuid4())  # fmt: skip
    await levels.settle(keeper, NAMES, check_ins=True)
    for handle, days in STREAKS.items():
        await _checked_in(await _place(ids[handle]), days)


async def _checked_in(place: Place, days: int) -> None:
    """Every day up to yesterday and once more today, by the verb."""
    here = place.circle.id, place.member_id
    await rows(
        """insert into check_in (circle_id, member_id, day)
           select $1, $2, (now() at time zone $3)::date - n from generate_series(1, $4) as n""",
        *here,
        place.circle.time_zone,
        days,
    )
    await rows(
        """insert into fan_standing (circle_id, member_id, last_day, streak, longest)
           values ($1, $2, (now() at time zone $3)::date - 1, $4, $4)""",
        *here,
        place.circle.time_zone,
        days,
    )
    if place.follows:
        await checking_in.check_in(place)


async def _place(member_id: int) -> Place:
    return await access.front(CIRCLE, sessions.absent(member_id))
