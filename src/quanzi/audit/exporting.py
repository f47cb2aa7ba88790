"""What a member gets of this room who asks for their data: what was done to them, not by whom."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "decisions": Part(
        said("对我作出的处理"),
        """select at, deed, nullif(circle_id, 0) as circle, about, detail ->> 'reason' as reason
           from audit_entry where member_id = $1 order by seq""",
    ),
}
