"""Leaving for good: closed at once, erased after a week in which one may change one's mind."""

from datetime import datetime

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, NotFound, said
from quanzi.identity import passwords, proofs, sessions
from quanzi.identity.sessions import Viewer

GRACE = "7 days"


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
    return proofs.give(_purpose(at), member_id)


async def _who_answers(answer: str) -> int:
    found = await row("select at from leaving where member_id = $1", proofs.claimed(answer))
    if found is None:
        raise NotFound
    return proofs.check(answer, _purpose(found["at"]))


def _purpose(at: datetime) -> str:
    """To stay, after having left at that moment and not at another."""
    return f"keep:{at.timestamp()}"
