"""A letter to owners, on Mondays: how the week before was, in their partner's circles.

Owners get it unless they have said that they do not want it; a due row is the job, and a letter's key
names its Monday.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg

from quanzi import clock
from quanzi.circles.partners import Counter
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import NotFound, Said, said
from quanzi.identity import mailbox
from quanzi.insights import best, daily, policy, scope
from quanzi.insights.daily import Days
from quanzi.mail import letters
from quanzi.notifications.unsubscribing import Letters
from quanzi.web.letters import Line, base, drawn

WEEKLY = Letters("insights", "/unsubscribe/insights")

AT_ONCE, HOUR, MONDAY, WEEK, POSTS = 50, 9, 0, 7, 3


async def wants(here: Counter) -> bool:
    found = await row(
        "select due_at from insight_letter where member_id = $1 and partner_id = $2",
        here.member_id,
        here.partner.id,
    )
    return found is None or found["due_at"] is not None


async def choose(here: Counter, *, wanted: bool) -> None:
    """Raises NotFound for who gets none anyway."""
    if not policy.gets_letters(here) or here.member_id is None:
        raise NotFound
    box = await mailbox.of(here.member_id)
    due = next_due(clock.now(), box.time_zone) if wanted else None
    async with transaction():
        await rows(
            """insert into insight_letter (member_id, partner_id, due_at) values ($1, $2, $3)
               on conflict (member_id, partner_id) do update set due_at = excluded.due_at""",
            here.member_id,
            here.partner.id,
            due,
        )


async def end(member_id: int) -> None:
    """No more of them, of any partner of whose staff they are."""
    async with transaction():
        await rows(
            """insert into insight_letter (member_id, partner_id, due_at)
               select member_id, partner_id, null from staff where member_id = $1 and role = 'owner'
               on conflict (member_id, partner_id) do update set due_at = null""",
            member_id,
        )


def next_due(after: datetime, time_zone: str) -> datetime:
    there = after.astimezone(ZoneInfo(time_zone))
    due = there.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while due <= there or due.weekday() != MONDAY:
        due += timedelta(days=1)
    return due


async def write_due() -> int:
    """How many were looked at."""
    async with transaction():
        await _begin()
        due = await rows(
            f"""select l.member_id, l.partner_id, l.due_at, p.slug, p.name, p.name_en,
                       exists (select 1 from staff s join member m on m.id = s.member_id
                               where s.partner_id = l.partner_id and s.member_id = l.member_id
                                 and s.role = 'owner' and m.suspended_at is null) as owns
                from insight_letter l join partner p on p.id = l.partner_id
                where l.due_at <= now() order by l.due_at limit {AT_ONCE}
                for update of l skip locked"""
        )
        for line in due:
            await _write(line)
    return len(due)


async def _begin() -> None:
    """Who is an owner and has not been asked yet gets the first one on the next Monday."""
    new = await rows(
        f"""select s.member_id, s.partner_id, coalesce(b.time_zone, 'Asia/Shanghai') as zone
            from staff s left join mailbox b on b.member_id = s.member_id
            where s.role = 'owner' and not exists (
                select 1 from insight_letter l
                where l.member_id = s.member_id and l.partner_id = s.partner_id)
            order by s.member_id, s.partner_id limit {AT_ONCE}"""
    )
    for line in new:
        await rows(
            """insert into insight_letter (member_id, partner_id, due_at) values ($1, $2, $3)
               on conflict do nothing""",
            line["member_id"],
            line["partner_id"],
            next_due(clock.now(), line["zone"]),
        )


async def _write(line: asyncpg.Record) -> None:
    member_id = line["member_id"]
    box = await mailbox.of(member_id)
    if line["owns"] and box.address:
        english = box.language == "en" and line["name_en"]
        path = WEEKLY.path(member_id)
        monday = line["due_at"].astimezone(ZoneInfo(box.time_zone)).date().isoformat()
        asked = await scope.of_all(line["partner_id"], WEEK)
        await letters.write(
            f"insights:{member_id}:{line['partner_id']}:{monday}",
            member_id,
            box.address,
            box.language,
            drawn(
                box.language,
                said("%(partner)s的一周", partner=line["name_en"] if english else line["name"]),
                _sentences(await daily.read(asked)),
                name=box.name,
                lines=[
                    Line(" ".join(each["words"].split()), f"/c/{each['slug']}/p/{each['id']}")
                    for each in await best.posts(asked, POSTS)
                ],
                button=(
                    said("查看全部数据"),
                    f"/partners/{line['slug']}/manage/insights?days={WEEK}",
                ),
                unsubscribe=path,
            ),
            unsubscribe=base() + path,
        )
    await rows(
        "update insight_letter set due_at = $3 where member_id = $1 and partner_id = $2",
        member_id,
        line["partner_id"],
        next_due(clock.now(), box.time_zone) if line["owns"] else None,
    )


def _sentences(days: Days) -> list[Said]:
    change = days.changes
    return [
        said(
            "最近 7 天：新关注 %(joined)d（前 7 天 %(before)s），取消关注 %(gone)d，现在共有 %(followers)d 位关注者。",
            joined=change["joined"].now,
            before=_or_dash(change["joined"].before),
            gone=change["gone"].now,
            followers=days.followers,
        ),
        said(
            "圈子被浏览 %(pages)d 次（前 7 天 %(before)s），发帖 %(posts)d，评论 %(comments)d，点赞 %(likes)d。",
            pages=change["pages"].now,
            before=_or_dash(change["pages"].before),
            posts=change["posts"].now,
            comments=change["comments"].now,
            likes=change["likes"].now,
        ),
        said("打开最多的帖子："),
    ]


def _or_dash(figure: int | None) -> str:
    return "—" if figure is None else str(figure)
