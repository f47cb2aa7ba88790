"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "credit-appeals": Part(
        said("信用申诉"),
        """select created_at, words, state, reason, decided_at
           from credit_appeal where member_id = $1 order by created_at, id""",
    ),
}
