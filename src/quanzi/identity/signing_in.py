"""Proving who one is, and leaving again."""

from datetime import datetime

from quanzi.db.engine import row
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, said
from quanzi.identity import leaving, passwords, proofs, sessions
from quanzi.identity.sessions import Viewer


class Leaving(Exception):
    """The password is right, but they have asked to be erased: do they stay?"""

    def __init__(self, due_at: datetime, answer: str) -> None:
        super().__init__("leaving")
        self.due_at = due_at
        self.answer = answer


class Suspended(Exception):
    """The password is right, but the account has been suspended: why, and do they appeal?"""

    def __init__(self, proof: str) -> None:
        super().__init__("suspended")
        self.proof = proof


# What the proof is for.
SUSPENDED = "suspended"


async def sign_in(handle: str, password: str, agent: str) -> str:
    """A new session's token. One answer for an unknown handle and a wrong password.

    Raises Leaving to who asked to be erased, Suspended to who is kept out, and proves that it was
    them.
    """
    found = await row(
        """select m.id, c.password_hash, l.at, l.due_at, m.suspended_at
           from member m join credential c on c.member_id = m.id
           left join leaving l on l.member_id = m.id and l.at = m.suspended_at and l.due_at > now()
           where m.handle = $1 and (m.suspended_at is null or l.at is not null or not exists (
               select 1 from leaving where member_id = m.id))""",
        handle.strip().lower(),
    )
    known = await passwords.matches(password, found["password_hash"] if found else None)
    if found is None or not known:
        raise Invalid(password=said("用户名或密码不对。"))
    if found["due_at"] is not None:
        raise Leaving(found["due_at"], leaving.answer_for(found["id"], found["at"]))
    if found["suspended_at"] is not None:
        raise Suspended(proofs.give(SUSPENDED, found["id"]))
    async with transaction():
        return await sessions.opened(found["id"], agent)


async def sign_out(viewer: Viewer) -> None:
    await sessions.end(viewer, viewer.session)
