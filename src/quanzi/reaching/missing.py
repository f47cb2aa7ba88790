"""What keeps a notice from going out although it was planned: who wrote it and the owners hear why."""

from dataclasses import dataclass
from datetime import datetime

from quanzi.activity.concerning import concern_all
from quanzi.circles import pace
from quanzi.circles.policy import EDITS
from quanzi.db.engine import database_now, row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Said, said

WHY: dict[str, Said] = {
    "notice-author": said("写通知的人已经不是圈子的编辑"),
    "notice-segment": said("它的分群已经删除"),
}


@dataclass(frozen=True, slots=True)
class Hindrance:
    """`why`: for good, one of WHY; or `until`: quiet hours, which are over then."""

    why: str = ""
    until: datetime | None = None


async def hindrance(circle_id: int, author_id: int) -> Hindrance | None:
    """As things stand now: rules and people may have changed since it was planned."""
    found = await row(
        """select c.pace, c.time_zone, coalesce(s.role, '') as role from circle c
           left join staff s on s.partner_id = c.partner_id and s.member_id = $2 where c.id = $1""",
        circle_id,
        author_id,
    )
    if found is None or found["role"] not in EDITS:
        return Hindrance("notice-author")
    rule = pace.read(found["pace"]).of(found["role"]).only_quiet
    broken = pace.broken(rule, await database_now(), [], found["time_zone"])
    return Hindrance(until=broken.until) if broken else None


async def set_aside(circle_id: int, notice_id: int, why: str) -> None:
    """A draft again; stopped, when some have been told of it already."""
    async with transaction():
        changed = await rows(
            """update circle_notice n
               set state = case when n.state = 'sending' and n.reached > 0 then 'stopped' else 'draft' end,
                   ended_at = case when n.state = 'sending' and n.reached > 0 then now() end,
                   reached = 0, send_at = case when n.state = 'sending' and n.reached > 0 then send_at end,
                   taken_until = null, version = version + 1
               where circle_id = $1 and id = $2 and state in ('planned', 'sending', 'on')
               returning array(select s.member_id from circle c join staff s on s.partner_id = c.partner_id
                               where c.id = $1 and (s.role = 'owner' or s.member_id = n.author_id)
                               order by s.member_id) as whom""",
            circle_id,
            notice_id,
        )
        if changed:
            await concern_all(changed[0]["whom"], "notice.missed", circle_id=circle_id, note=why)


async def wait(circle_id: int, notice_id: int, until: datetime) -> None:
    """Until then, as if it had been planned for it."""
    await rows(
        """update circle_notice set send_at = $3, taken_until = null,
                  state = case state when 'sending' then 'planned' else state end
           where circle_id = $1 and id = $2 and state in ('sending', 'on')""",
        circle_id,
        notice_id,
        until,
    )
