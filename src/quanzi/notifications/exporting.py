"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "notices": Part(
        said("通知"),
        """select n.kind, c.slug as circle, nullif(n.post_id, 0) as post, n.at, n.read_at
           from notice n left join circle c on c.id = n.circle_id
           where n.member_id = $1 order by n.id""",
    ),
    "preferences": Part(
        said("通知设置"),
        "select subject, channel, wanted from preference where member_id = $1 order by 1, 2",
    ),
    "digest": Part(said("邮件摘要"), "select every, hour from digest where member_id = $1"),
}
