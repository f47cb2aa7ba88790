"""Leaving for good: closed at once, erased after a week in which one may change one's mind."""

import hashlib
import hmac
from datetime import datetime, timedelta

from quanzi import clock
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotFound, said
from quanzi.identity import passwords, sessions
from quanzi.identity.sessions import Viewer
from quanzi.settings import settings

GRACE = "7 days"
# How long the answer "keep my account" may be given after the password was right.
ANSWER_WITHIN = timedelta(minutes=15)


async def check_password(viewer: Viewer, password: str) -> None:
    """Raises Invalid under `password`."""
    found = await row(
        "select password_hash, chosen from credential where member_id = $1", viewer.member_id
    )
    if found is not None and not found["chosen"]:
        raise Invalid(password=said("你还没有设置密码，请先在“账号与安全”里设置一个。"))
    if not await passwords.matches(password, found["password_hash"] if found else None):
        raise Invalid(password=said("密码不对。"))


async def leave(viewer: Viewer) -> None:
    """From now on they are not found; the day on which they are erased is written down."""
    async with transaction():
        new = await rows(
            f"""insert into leaving (member_id, due_at) values ($1, now() + interval '{GRACE}')
                on conflict do nothing returning member_id""",
            viewer.member_id,
        )
        if new:
            await sessions.suspend(viewer.member_id)


async def keep(answer: str, agent: str) -> str:
    """They stay: a new session's token. Raises NotFound for an answer that is none, or too late."""
    member_id = await _who_answers(answer)
    async with transaction():
        stays = await rows(
            """with stays as (delete from leaving where member_id = $1 and due_at > now()
                              returning member_id, at)
               update member m set suspended_at = null from stays
               where m.id = stays.member_id and m.suspended_at = stays.at returning m.id""",
            member_id,
        )
        if not stays:
            raise NotFound
        return await sessions.opened(member_id, agent)


def answer_for(member_id: int, at: datetime) -> str:
    """What the page is given that asks whether they stay, after their password was right."""
    until = int((clock.now() + ANSWER_WITHIN).timestamp())
    return f"{member_id}.{until}.{_sealed(member_id, at, until)}"


async def _who_answers(answer: str) -> int:
    member_id, _, rest = answer.partition(".")
    until, _, seal = rest.partition(".")
    if not (member_id.isdecimal() and until.isdecimal() and len(answer) < 200):  # noqa: PLR2004
        raise NotFound
    found = await row("select at from leaving where member_id = $1", int(member_id[:18]))
    fresh = int(until) > clock.now().timestamp()
    if found is None or not fresh:
        raise NotFound
    if not hmac.compare_digest(
        seal.encode(), _sealed(int(member_id), found["at"], int(until)).encode()
    ):
        raise NotFound
    return int(member_id)


def _sealed(member_id: int, at: datetime, until: int) -> str:
    said_of = f"keep:{member_id}:{at.timestamp()}:{until}"
    return hmac.new(settings().secret, said_of.encode(), hashlib.sha256).hexdigest()
