"""What a member gets of this room who asks for their data."""

from quanzi.db.part import Part
from quanzi.errors import said

PARTS = {
    "credit": Part(said("信用分"), "select score from credit_account where member_id = $1"),
}
