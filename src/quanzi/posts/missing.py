"""A planned post that cannot come out at its time: why, and who hears of it.

It becomes a draft, so that nothing comes out late by surprise; its author plans it anew.
"""

import asyncpg

from quanzi.activity.concerning import concern
from quanzi.circles import access, pace
from quanzi.db.engine import rows
from quanzi.errors import Said, said
from quanzi.posts import pacing, planned, policy

WHY: dict[str, Said] = {
    "approval": said("圈主还没有批准"),
    "barred": said("作者现在不能在这里发帖"),
    "staff": said("作者已经不是圈子的编辑"),
    "quiet": said("到了时间正好是静默时段"),
    "most": said("这一天的帖子已经满了"),
    "apart": said("离上一篇太近"),
}


async def why_not(post: asyncpg.Record) -> str:
    """A key of `WHY`, or '' when nothing is in the way. `post`: of `due.DUE`."""
    if post["waits_for"] == "approval":
        return "approval"
    place = await access.of_absent(post["slug"], post["author_id"])
    if post["suspended"] or place is None or place.barred:
        return "barred"
    if post["by_staff"] and not policy.can_plan(place):
        return "staff"
    # What is planned for later does not stand in the way of what is due first.
    rule = pace.rule_for(place)
    await pacing.wait_for_others(place, rule)
    found = await pacing.breaks(place, rule, None, beside=post["id"], planned=False)
    return found.what if found else ""


async def miss(post: asyncpg.Record, why: str) -> None:
    await rows(
        "update post set publish_at = null, waits_for = 'time' where circle_id = $1 and id = $2",
        post["circle_id"],
        post["id"],
    )
    await rows(
        """insert into plan (circle_id, post_id, planned_by, missed_at, missed_for, missed_why)
           values ($1, $2, $3, now(), $4, $5)
           on conflict (circle_id, post_id) do update set missed_at = excluded.missed_at,
               missed_for = excluded.missed_for, missed_why = excluded.missed_why""",
        post["circle_id"],
        post["id"],
        post["author_id"],
        post["publish_at"],
        why,
    )
    for member_id in sorted(await planned.planners(post["circle_id"], post["id"])):
        await concern(
            member_id,
            "plan.missed",
            actor_id=None,
            circle_id=post["circle_id"],
            post_id=post["id"],
            note=why,
        )
