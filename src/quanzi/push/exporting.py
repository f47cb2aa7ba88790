"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "push": Part(
        said("推送"),
        """select agent, endpoint as address, created_at, reached_at as seen_at
           from push_subscription where member_id = $1 order by created_at""",
    ),
}
