"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "keys": Part(
        said("开放平台密钥"),
        """select name, scopes, created_at, used_at, ends_at, ended_at from access_key
           where member_id = $1 order by id""",
    ),
    "apps": Part(
        said("我的应用"),
        """select name, client_id, redirects, scopes, created_at from oauth_app
           where member_id = $1 order by id""",
    ),
    "apps-allowed": Part(
        said("我允许的应用"),
        """select a.name, g.scopes, g.created_at, g.used_at, g.ends_at
           from oauth_grant g join oauth_app a on a.id = g.app_id
           where g.member_id = $1 order by g.id""",
    ),
    "webhooks": Part(
        said("我添加的 webhook"),
        """select c.slug as circle, w.url, w.state, w.created_at from webhook w
           join circle c on c.id = w.circle_id where w.member_id = $1 order by w.id""",
    ),
}
