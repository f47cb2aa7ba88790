"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "planned-digests": Part(
        said("我定时的加精"),
        """select c.slug as circle, d.post_id as post, d.at
           from plan_digest d join circle c on c.id = d.circle_id
           where d.planned_by = $1 order by d.at""",
    ),
    "series": Part(
        said("我设的重复计划"),
        """select c.slug as circle, s.body, s.topics, s.every, s.first_day, s.last_day, s.state,
                  s.created_at
           from plan_series s join circle c on c.id = s.circle_id
           where s.author_id = $1 order by s.created_at""",
    ),
}
