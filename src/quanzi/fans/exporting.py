"""What a member gets of this room who asks for their data: also what partners noted about them."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "fan-tags": Part(
        said("圈子给你的标签"),
        """select c.slug as circle, t.name as tag, g.at
           from fan_tagged g join circle c on c.id = g.circle_id
           join fan_tag t on t.circle_id = g.circle_id and t.id = g.tag_id
           where g.member_id = $1 order by g.circle_id, g.tag_id""",
    ),
    "check-ins": Part(
        said("签到"),
        """select c.slug as circle, k.day from check_in k join circle c on c.id = k.circle_id
           where k.member_id = $1 order by k.day, k.circle_id""",
    ),
    "fan-levels": Part(
        said("圈子里的等级"),
        """select c.slug as circle, s.points, s.streak, s.longest, s.last_day
           from fan_standing s join circle c on c.id = s.circle_id
           where s.member_id = $1 order by s.circle_id""",
    ),
}
