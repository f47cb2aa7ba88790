"""Signing in by a provider: who is who, and being verified by what it says."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import UniqueViolationError

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, Invalid, NotAllowed, said
from quanzi.identity import changing_password, consenting, sessions, signing_up
from quanzi.identity.sessions import Viewer
from quanzi.verification import numbers, sealing, settling
from quanzi.verification.asking import HERE, TOO_YOUNG
from quanzi.verification.openid import Told
from quanzi.verification.settling import Proof


@dataclass(frozen=True, slots=True)
class Stranger:
    """Who somebody is at the provider, as far as it is kept on the way: no number, no birthday.

    `verified`: their real name is proved there, and they are old enough.
    """

    issuer: str
    subject: str
    verified: bool
    too_young: bool
    fingerprint: str
    masked: str
    name: str


def known(told: Told) -> Stranger:
    young = _is_young(told.birthdate)
    number = numbers.normalised(told.number)
    return Stranger(
        told.issuer,
        told.subject,
        told.verified and not young,
        young,
        sealing.fingerprint("resident", number).hex() if number else "",
        numbers.masked(number) if len(number) > 2 else "",  # noqa: PLR2004 - two ends and a middle
        told.name,
    )


async def member_of(stranger: Stranger) -> tuple[int, str] | None:
    """Their account here, and its name. Raises NotAllowed for one that is suspended."""
    found = await row(
        """select m.id, m.name, m.suspended_at from openid_link l join member m on m.id = l.member_id
           where l.issuer = $1 and l.subject = $2""",
        stranger.issuer,
        stranger.subject,
    )
    if found is None:
        return None
    if found["suspended_at"] is not None:
        raise NotAllowed(said("这个账号现在不能登录。"))
    return found["id"], found["name"]


async def sign_in(stranger: Stranger, agent: str) -> str | None:
    """A new session's token; None for who has no account here yet."""
    found = await member_of(stranger)
    if found is None:
        return None
    async with transaction():
        return await sessions.opened(found[0], agent)


async def sign_up(stranger: Stranger, handle: str, agent: str) -> str:
    """A new member's session. Raises Invalid for the handle."""
    handle = handle.strip().lower()
    name = " ".join(stranger.name.split())[: signing_up.NAME_LONGEST]
    # Nobody knows it: they come in by the provider until they choose one of their own.
    password = secrets.token_urlsafe(32)
    async with transaction():
        member_id = await signing_up.sign_up(handle, name, password, chosen=False)
        await _link(stranger, member_id)
        return await sessions.opened(member_id, agent)


async def link(viewer: Viewer, stranger: Stranger) -> None:
    """Again changes nothing. Raises Conflict: who they are there has another account here."""
    found = await member_of(stranger)
    if found is None:
        async with transaction():
            await _link(stranger, viewer.member_id)
    elif found[0] != viewer.member_id:
        raise Conflict(said("那边的账号已经连着这里的另一个账号。"))


async def unlink(viewer: Viewer) -> None:
    """They no longer sign in by it; what it verified stays. Raises Conflict: the only way in."""
    if not await changing_password.has_chosen(viewer):
        raise Conflict(said("先设置一个密码，不然就没有办法登录了。"))
    async with transaction():
        await rows("delete from openid_link where member_id = $1", viewer.member_id)


async def linked_since(viewer: Viewer) -> datetime | None:
    found = await row("select at from openid_link where member_id = $1", viewer.member_id)
    return found["at"] if found else None


async def verify(member_id: int, stranger: Stranger) -> None:
    """By what the provider says, with consent only. Raises Invalid, Conflict."""
    if stranger.too_young:
        raise Invalid(verified=TOO_YOUNG)
    if not stranger.verified:
        raise Invalid(verified=said("那边还没有证明你的真实姓名。"))
    if not await consenting.has_agreed(member_id, consenting.IDENTITY, consenting.VERSION):
        raise Invalid(verified=said("需要你单独同意，才能处理证件信息。"))
    proof = Proof(
        provider=stranger.issuer,
        receipt=stranger.subject,
        fingerprint=bytes.fromhex(stranger.fingerprint)
        if stranger.fingerprint
        else _alone(stranger),
        masked=stranger.masked,
    )
    await settling.settle(member_id, proof, None)


async def _link(stranger: Stranger, member_id: int) -> None:
    try:
        await rows(
            """insert into openid_link (issuer, subject, member_id) values ($1, $2, $3)
               on conflict (issuer, subject) do update set at = openid_link.at
               where openid_link.member_id = excluded.member_id""",
            stranger.issuer,
            stranger.subject,
            member_id,
        )
    except UniqueViolationError as taken:
        raise Conflict(said("这里的账号已经连着那边的另一个账号。")) from taken


def _alone(stranger: Stranger) -> bytes:
    """Without a number who they are there is who they are: one account there, one verified here."""
    return sealing.fingerprint(stranger.issuer, stranger.subject)


def _is_young(birthdate: str) -> bool:
    """False for what says nothing: the provider's own word that they are verified stands."""
    try:
        born = date.fromisoformat(birthdate)
    except ValueError:
        return False
    return numbers.age(born, clock.now().astimezone(HERE).date()) < numbers.CHILD_BELOW
