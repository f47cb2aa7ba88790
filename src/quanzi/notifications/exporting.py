"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "notices": Part(
        said("通知"),
        """select n.kind, n.note, n.at, n.read_at, c.name as circle, n.post_id as post,
                  n.comment_id as comment
           from notice n left join circle c on c.id = n.circle_id
           where n.member_id = $1 order by n.id""",
    ),
    "notice-preferences": Part(
        said("通知设置"),
        """select subject, channel, wanted from preference where member_id = $1
           order by subject, channel""",
    ),
    "digest": Part(said("邮件摘要"), "select every, hour, due_at from digest where member_id = $1"),
}
