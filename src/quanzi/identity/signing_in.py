"""Proving who one is, and leaving again."""

from quanzi.db.engine import row
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, said
from quanzi.identity import passwords, sessions
from quanzi.identity.sessions import Viewer


async def sign_in(handle: str, password: str, agent: str) -> str:
    """A new session's token. One answer for an unknown handle, a wrong password, a suspension."""
    found = await row(
        """select m.id, c.password_hash from member m join credential c on c.member_id = m.id
           where m.handle = $1 and m.suspended_at is null""",
        handle.strip().lower(),
    )
    known = await passwords.matches(password, found["password_hash"] if found else None)
    if found is None or not known:
        raise Invalid(password=said("用户名或密码不对。"))
    async with transaction():
        return await sessions.opened(found["id"], agent)


async def sign_out(viewer: Viewer) -> None:
    await sessions.end(viewer, viewer.session)
