"""Another password: by who knows the old one, or has never had one. All other devices have to sign
in again.
"""

from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Invalid, said
from quanzi.identity import mailbox, passwords, sessions
from quanzi.identity.sessions import Viewer


async def change(viewer: Viewer, old: str, new: str) -> None:
    """Raises Invalid with a sentence per field."""
    found = await row(
        "select password_hash, chosen from credential where member_id = $1", viewer.member_id
    )
    known = found is None or found["chosen"]
    if known and not await passwords.matches(old, found["password_hash"] if found else None):
        raise Invalid(old=said("现在的密码不对。"))
    if not passwords.is_long_enough(new):
        raise Invalid(new=passwords.TOO_SHORT)
    if known and new == old:
        raise Invalid(new=said("新密码和现在的一样。"))
    stored = await passwords.hashed(new)
    async with transaction():
        await rows(
            """update credential set password_hash = $2, chosen = true, changed_at = now()
               where member_id = $1""",
            viewer.member_id,
            stored,
        )
        await sessions.end_others(viewer)
        box = await mailbox.of(viewer.member_id)
        if box.address:
            await mailbox.tell(
                box,
                box.address,
                said("你的密码已修改"),
                said("其他设备都已退出登录。如果不是你改的，请联系管理员。"),
            )


async def has_chosen(viewer: Viewer) -> bool:
    """Whether they have a password of their own."""
    found = await row("select chosen from credential where member_id = $1", viewer.member_id)
    return found is None or bool(found["chosen"])
