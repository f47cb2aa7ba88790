"""Sessions: opaque to the browser, hashed in PostgreSQL, new at every sign-in, ended at once.

Lives by the database's clock. Members: 14 days idle, 90 days in all; platform people: 12 hours.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit, transaction
from quanzi.identity.tables import Revocation, Session
from quanzi.live import bell
from quanzi.web import hues

IDLE, WHOLE = "14 days", "90 days"
IDLE_STAFF, WHOLE_STAFF = "12 hours", "12 hours"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person asking, as every handler, verb and policy knows them."""

    member_id: int
    handle: str
    name: str
    platform_role: str
    session: bytes
    until: datetime
    verified: bool = False

    @property
    def hue(self) -> int:
        return hues.hue(self.handle)

    @property
    def initial(self) -> str:
        return self.name[:1]


def absent(member_id: int) -> Viewer:
    """In whose name something is done while they are not signed in: with no rank and no session."""
    return Viewer(member_id, "", "", "", b"", clock.now())


async def opened(member_id: int, agent: str) -> str:
    """A new session's token. Never one the browser brought: a planted id must stay worthless."""
    token = secrets.token_urlsafe(32)
    await rows(
        f"""insert into session (id, member_id, agent, idle_until, ends_at)
            select $1, id, $3, now() + case when platform_role = '' then interval '{IDLE}'
                                            else interval '{IDLE_STAFF}' end,
                   now() + case when platform_role = '' then interval '{WHOLE}'
                                else interval '{WHOLE_STAFF}' end
            from member where id = $2""",
        hash_of(token),
        member_id,
        agent[:300],
    )
    return token


async def viewer_of(token: str) -> Viewer | None:
    found = await row(
        """select s.id, s.member_id, s.ends_at, m.handle, m.name, m.platform_role,
                  m.verified_at is not null as verified,
                  s.seen_at < now() - interval '10 minutes' as stale
           from session s join member m on m.id = s.member_id
           where s.id = $1 and s.ends_at > now() and s.idle_until > now()
             and m.suspended_at is null""",
        hash_of(token),
    )
    if found is None:
        return None
    if found["stale"]:
        await _seen(found["id"])
    return Viewer(
        member_id=found["member_id"],
        handle=found["handle"],
        name=found["name"],
        platform_role=found["platform_role"],
        session=found["id"],
        until=found["ends_at"],
        verified=found["verified"],
    )


async def own(viewer: Viewer) -> Sequence[asyncpg.Record]:
    return await rows(
        """select id, agent, created_at, seen_at, id = $2 as this_one from session
           where member_id = $1 and ends_at > now() and idle_until > now()
           order by seen_at desc limit 50""",
        viewer.member_id,
        viewer.session,
    )


async def end(viewer: Viewer, session_id: bytes) -> None:
    """End one of the viewer's own sessions; what is not theirs is not touched."""
    async with transaction():
        gone = await (
            Session.delete()
            .where(Session.id == session_id, Session.member_id == viewer.member_id)
            .returning(Session.id)
        )
        if gone:
            await revoke("session", session_id.hex())


async def end_others(viewer: Viewer) -> None:
    async with transaction():
        gone = await (
            Session.delete()
            .where(Session.member_id == viewer.member_id, Session.id != viewer.session)
            .returning(Session.id)
        )
        if gone:
            await revoke("member", str(viewer.member_id))


async def suspend(member_id: int) -> None:
    """Close every door to this member at once: sessions, live pages, sign-in."""
    async with transaction():
        await rows("update member set suspended_at = now() where id = $1", member_id)
        await Session.delete().where(Session.member_id == member_id)
        await revoke("member", str(member_id))


async def let_in_again(member_id: int) -> None:
    """Unless they have asked to be erased meanwhile."""
    await rows(
        """update member set suspended_at = null where id = $1
           and not exists (select 1 from leaving where member_id = $1)""",
        member_id,
    )


async def revoke(kind: str, subject: str) -> None:
    """Write down that a right was lost, and tell open pages after the commit."""
    await Revocation.insert(Revocation(kind=kind, subject=subject)).returning(Revocation.id)
    after_commit(bell.ring_revoked)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def _seen(session_id: bytes) -> None:
    await rows(
        f"""update session s set seen_at = now(),
                   idle_until = least(s.ends_at, now() + case when m.platform_role = ''
                       then interval '{IDLE}' else interval '{IDLE_STAFF}' end)
            from member m where s.id = $1 and m.id = s.member_id""",
        session_id,
    )
