"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "notices-sent": Part(
        said("圈子发给我的通知"),
        """select c.slug as circle, n.title, t.at, t.opened_at from circle_notice_sent t
           join circle_notice n on n.circle_id = t.circle_id and n.id = t.notice_id
           join circle c on c.id = t.circle_id where t.member_id = $1 order by t.at""",
    ),
    "notices-written": Part(
        said("我写的圈子通知"),
        """select c.slug as circle, n.title, n.body, n.link, n.state, n.created_at
           from circle_notice n join circle c on c.id = n.circle_id
           where n.author_id = $1 order by n.id""",
    ),
    "notices-muted": Part(
        said("我不收通知的圈子"),
        """select c.slug as circle, u.at from circle_notice_mute u join circle c on c.id = u.circle_id
           where u.member_id = $1 order by u.at""",
    ),
}
