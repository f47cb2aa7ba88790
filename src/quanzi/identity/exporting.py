"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "profile": Part(said("账号"), "select m.* from member m where m.id = $1"),
    "sessions": Part(
        said("登录设备"),
        """select agent, created_at, seen_at, ends_at from session
           where member_id = $1 order by created_at""",
    ),
    "mailbox": Part(
        said("邮箱"),
        """select address, confirmed_at, language, time_zone from mailbox where member_id = $1""",
    ),
}
