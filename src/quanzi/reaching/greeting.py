"""Greeting who has just come, by the notice that the circle keeps for that."""

from collections import defaultdict

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.fans.matching import where
from quanzi.fans.segments import EVERYBODY
from quanzi.reaching import missing, telling

MOST = 500
CAME = "select circle_id, member_id from circle_newcomer"


async def greet_due() -> int:
    """How many newcomers were seen to. It answers what they have just done, so quiet hours, which are
    for what nobody asked for, do not hold it back.
    """
    async with transaction():
        came = await rows(
            f"""delete from circle_newcomer where (circle_id, member_id) in (
                   {CAME} limit $1 for update skip locked)
               returning circle_id, member_id""",
            MOST,
        )
        by_circle = defaultdict(list)
        for line in came:
            by_circle[line["circle_id"]].append(line["member_id"])
        hindered = [
            (circle_id, notice_id)
            for circle_id in sorted(by_circle)
            if (notice_id := await _greet(circle_id, by_circle[circle_id]))
        ]
    for circle_id, notice_id in hindered:
        await missing.set_aside(circle_id, notice_id, "notice-author")
    return len(came)


async def _greet(circle_id: int, member_ids: list[int]) -> int:
    """The notice, when it may not go out any more."""
    notice = await row(
        """select id, author_id from circle_notice
           where circle_id = $1 and state = 'on' and occasion = 'joined' for no key update""",
        circle_id,
    )
    if notice is None:
        return 0
    found = await missing.hindrance(circle_id, notice["author_id"])
    if found and found.why:
        return int(notice["id"])
    asked, values = where(EVERYBODY, circle_id, 2)
    still = await rows(
        f"select f.member_id from follow f where f.member_id = any($1::bigint[]) and {asked}",
        member_ids,
        *values,
    )
    told = await telling.tell(circle_id, notice["id"], [line["member_id"] for line in still])
    await rows(
        "update circle_notice set sent = sent + $3 where circle_id = $1 and id = $2",
        circle_id,
        notice["id"],
        told,
    )
    return 0
