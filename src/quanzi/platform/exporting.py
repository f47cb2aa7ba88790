"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "keys": Part(
        said("开放平台密钥"),
        """select name, scopes, created_at, used_at, ends_at, ended_at from access_key
           where member_id = $1 order by id""",
    ),
}
