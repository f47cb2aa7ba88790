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
}
