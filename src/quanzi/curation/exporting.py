"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "pins": Part(
        said("置顶"),
        """select c.slug as circle, n.post_id as post, n.slot, n.starts_at, n.ends_at, n.created_at
           from pin n join circle c on c.id = n.circle_id
           where n.pinned_by = $1 order by n.created_at""",
    ),
    "digested": Part(
        said("精华"),
        """select c.slug as circle, d.post_id as post, d.at from digested d
           join circle c on c.id = d.circle_id where d.chosen_by = $1 order by d.at""",
    ),
}
