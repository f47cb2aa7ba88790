"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "credit": Part(
        said("信用分"), "select score, band_shown from credit_account where member_id = $1"
    ),
    "credit-entries": Part(
        said("信用流水"),
        """select at, rule, detail, points, nullif(circle_id, 0) as circle,
                  case when cause = 'post' then cause_id end as post, expires_at
           from credit_entry where member_id = $1 order by at, id""",
    ),
}
