"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "active-days": Part(
        said("来过的日子"),
        """select c.slug as circle, a.day from active_day a join circle c on c.id = a.circle_id
           where a.member_id = $1 order by a.day, a.circle_id""",
    ),
    "insight-letters": Part(
        said("每周数据邮件"),
        """select p.slug as partner, l.due_at from insight_letter l
           join partner p on p.id = l.partner_id where l.member_id = $1 order by p.slug""",
    ),
}
