"""What a member gets of this room who asks for their data. A circle that was hidden since is
named by its address only, which they knew."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "circles": Part(
        said("关注的圈子"),
        """select c.slug as circle, f.since, f.source from follow f join circle c on c.id = f.circle_id
           where f.member_id = $1 order by f.since""",
    ),
    "staff": Part(
        said("工作人员身份"),
        """select p.slug as partner, p.name as partner_name, s.role, s.since
           from staff s join partner p on p.id = s.partner_id
           where s.member_id = $1 order by s.since""",
    ),
    "bans": Part(
        said("禁言和封禁"),
        """select c.slug as circle, b.kind, b.reason, b.at, b.until, b.lifted_at
           from ban b left join circle c on c.id = b.circle_id where b.member_id = $1 order by b.at""",
    ),
}
