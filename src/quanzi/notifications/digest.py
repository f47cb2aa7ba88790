"""Digests: one letter per member and period that sums up what waits for them, if anything does.

A due row is the job. Letter and next date are written in one transaction, and a letter's key names
its period, so that nobody gets one twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, said
from quanzi.identity import mailbox
from quanzi.identity.mailbox import Mailbox
from quanzi.mail import letters
from quanzi.notifications import preferences, wording
from quanzi.notifications.kinds import KINDS
from quanzi.notifications.reading import NOTICE, Notice, made
from quanzi.notifications.unsubscribing import DIGESTS
from quanzi.web.letters import Line, base, drawn

AT_ONCE = 50
IS_DUE = "digest where due_at <= now()"
MOST_LINES = 20
EVERY = ("off", "daily", "weekly")
MONDAY = 0


async def of(member_id: int) -> tuple[str, int]:
    """How often, and at which hour of their day."""
    found = await row("select every, hour from digest where member_id = $1", member_id)
    return (found["every"], found["hour"]) if found else ("off", 20)


async def choose(member_id: int, every: str, hour: int | None) -> None:
    """Raises Invalid, also when there is no address to send it to."""
    if every not in EVERY or hour is None or not 0 <= hour <= 23:  # noqa: PLR2004
        raise Invalid(every=said("请选一个列出的选项。"))
    box = await mailbox.of(member_id)
    if every != "off" and not box.address:
        raise Invalid(every=said("先填写并确认邮箱，才能收到摘要。"))
    due = None if every == "off" else next_due(clock.now(), every, hour, box.time_zone)
    async with transaction():
        await rows(
            """insert into digest (member_id, every, hour, due_at) values ($1, $2, $3, $4)
               on conflict (member_id) do update set every = $2, hour = $3, due_at = $4,
                   told_until = case when digest.every = 'off' then now()
                                     else digest.told_until end""",
            member_id,
            every,
            hour,
            due,
        )


async def end(member_id: int) -> None:
    """No more of them; again is as good as once."""
    await rows(
        "update digest set every = 'off', due_at = null where member_id = $1 and every <> 'off'",
        member_id,
    )


def next_due(after: datetime, every: str, hour: int, time_zone: str) -> datetime:
    """The next time it is this hour there; of a weekly one, on a Monday."""
    there = after.astimezone(ZoneInfo(time_zone))
    due = there.replace(hour=hour, minute=0, second=0, microsecond=0)
    while due <= there or (every == "weekly" and due.weekday() != MONDAY):
        due += timedelta(days=1)
    return due


async def write_due() -> int:
    """How many were looked at; who has nothing waiting gets no letter."""
    async with transaction():
        due = await rows(
            f"""select member_id, every, hour, due_at, told_until from {IS_DUE}
                order by due_at limit {AT_ONCE} for update skip locked"""
        )
        for line in due:
            await _write(line)
    return len(due)


async def _write(line: asyncpg.Record) -> None:
    member_id, every = line["member_id"], line["every"]
    box = await mailbox.of(member_id)
    notices = await _waiting(member_id, line["told_until"])
    if box.address and notices:
        period = line["due_at"].astimezone(ZoneInfo(box.time_zone)).date().isoformat()
        path = DIGESTS.path(member_id)
        await letters.write(
            f"digest:{member_id}:{period}",
            member_id,
            box.address,
            box.language,
            drawn(
                box.language,
                said("圈子里有 %(n)d 条新消息", n=len(notices)),
                [said("你不在的时候，发生了这些：")],
                name=box.name,
                lines=_lines(notices, box),
                button=(said("查看全部通知"), "/me/notices"),
                unsubscribe=path,
            ),
            unsubscribe=base() + path,
        )
    await rows(
        "update digest set due_at = $2, told_until = now() where member_id = $1",
        member_id,
        next_due(clock.now(), every, line["hour"], box.time_zone),
    )


async def _waiting(member_id: int, since: datetime) -> Sequence[Notice]:
    """What has not been read, is newer than the last digest, and they want to have by mail."""
    found = await rows(
        f"""{NOTICE} where n.member_id = $1 and n.read_at is null and n.at > $2
            order by n.at desc, n.id desc limit {5 * MOST_LINES}""",
        member_id,
        since,
    )
    deaf = await preferences.unwanted([member_id])
    return [
        notice
        for notice in await made(member_id, found)
        if not notice.gone and (member_id, KINDS[notice.kind].subject, "mail") not in deaf
    ]


def _lines(notices: Sequence[Notice], box: Mailbox) -> list[Line]:
    return [
        Line(
            wording.plain(notice, box.language),
            wording.path(notice),
            " ".join(notice.excerpt.split()),
        )
        for notice in notices[:MOST_LINES]
    ]
