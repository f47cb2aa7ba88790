"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "applications": Part(
        said("申请"),
        """select kind, name, name_en, slug, intro, rules, contact, state, reason, created_at,
                  decided_at
           from application where applicant_id = $1 order by id""",
    ),
}
