"""Members as an admin sees them: found, looked at, kept out for some days, and given a rank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from quanzi import clock
from quanzi.admin import policy
from quanzi.audit import writing as audit
from quanzi.circles import banning
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotAllowed, NotFound, Said, said
from quanzi.identity import ranks, searching
from quanzi.identity.sessions import Viewer
from quanzi.search.asking import asked

PAGE = 30
REASON_LONGEST = 300
RANKS: dict[str, Said] = {
    "": said("普通用户"),
    "moderator": said("平台审核员"),
    "admin": said("管理员"),
}
DAYS = (1, 3, policy.LONGEST_ALONE)
LISTED = "m.id, m.handle, m.name, m.platform_role, m.suspended_at, m.created_at"


@dataclass(frozen=True, slots=True)
class Person:
    """`leaving_at`: when they will be erased, as they asked. `out_until`, `why`: of a ban in force."""

    id: int
    handle: str
    name: str
    platform_role: str
    created_at: datetime
    suspended_at: datetime | None
    verified_at: datetime | None
    leaving_at: datetime | None
    mailbox: bool
    devices: int
    seen_at: datetime | None
    posts: int
    out_until: datetime | None
    why: str


async def newest(before: int | None) -> Sequence[asyncpg.Record]:
    """One more than a page when there are more."""
    return await rows(
        f"""select {LISTED} from member m where ($1::bigint is null or m.id < $1)
            order by m.id desc limit {PAGE + 1}""",
        before,
    )


async def called(typed: str) -> Sequence[asyncpg.Record]:
    """Who has just this handle, also when they are kept out; then who is called something like it."""
    handle = typed.strip().lower().removeprefix("@")
    wish = asked(typed)
    found = [line["id"] for line in await searching.find(wish, None)] if wish else []
    return await rows(
        f"""select {LISTED} from member m where m.handle = $1 or m.id = any($2::bigint[])
            order by m.handle = $1 desc, array_position($2::bigint[], m.id) limit {PAGE}""",
        handle,
        found,
    )


async def one(handle: str) -> Person:
    """Raises NotFound."""
    found = await row(
        """select m.id, m.handle, m.name, m.platform_role, m.created_at, m.suspended_at,
                  m.verified_at, l.due_at as leaving_at, coalesce(b.address, '') <> '' as mailbox,
                  s.devices, s.seen_at,
                  (select count(*) from (select 1 from post p where p.author_id = m.id
                   and p.state = 'published' limit 1000) p) as posts,
                  x.until as out_until, coalesce(x.reason, '') as why
           from member m left join leaving l on l.member_id = m.id
           left join mailbox b on b.member_id = m.id
           left join ban x on x.member_id = m.id and x.circle_id = 0 and x.kind = 'ban'
                              and x.lifted_at is null
           cross join lateral (select count(*) as devices, max(seen_at) as seen_at
                               from session where member_id = m.id) s
           where m.handle = $1""",
        handle.lower(),
    )
    if found is None:
        raise NotFound
    return Person(**dict(found))


async def suspend(viewer: Viewer, handle: str, days: int | None, reason: str) -> None:
    """For some days, at once. Raises NotFound, NotAllowed, Invalid."""
    person, reason = await _changed(viewer, handle), reason.strip()
    wrong: dict[str, Said] = {}
    if days not in DAYS:
        wrong["days"] = said("请选择多久。")
    if not 1 <= len(reason) <= REASON_LONGEST:
        wrong["reason"] = said("请写明理由，最多 %(most)d 个字。", most=REASON_LONGEST)
    if days is None or wrong:
        raise Invalid(**wrong)
    until = clock.now() + timedelta(days=days)
    async with transaction():
        await banning.ban(person.id, banning.SITE, "ban", until, reason=reason, by=viewer.member_id)
        await _log(viewer, person, "member.suspended", reason)


async def let_in(viewer: Viewer, handle: str, reason: str) -> None:
    """Raises NotFound, NotAllowed."""
    person = await _changed(viewer, handle)
    async with transaction():
        if await banning.lift(person.id, banning.SITE, "ban"):
            await _log(viewer, person, "member.let_in", reason.strip()[:REASON_LONGEST])


async def rank(viewer: Viewer, handle: str, platform_role: str) -> None:
    """Raises NotFound, NotAllowed, Invalid."""
    person = await _changed(viewer, handle)
    if platform_role not in RANKS:
        raise Invalid(rank=said("请选择一个身份。"))
    if platform_role != person.platform_role:
        await ranks.grant(person.handle, platform_role, by=viewer.member_id)


async def _changed(viewer: Viewer, handle: str) -> Person:
    person = await one(handle)
    if not policy.can_change(viewer, person):
        raise NotAllowed(said("自己的账号要由别的管理员来处理。"))
    return person


async def _log(viewer: Viewer, person: Person, deed: str, reason: str) -> None:
    await audit.write(
        deed,
        actor_id=viewer.member_id,
        about=f"member:0:{person.id}",
        member_id=person.id,
        detail={"reason": reason},
    )
