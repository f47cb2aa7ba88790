"""What members say against what counted against them."""

from piccolo.columns import BigInt, BigSerial, Text, Timestamptz
from piccolo.table import Table


class CreditAppeal(Table, tablename="credit_appeal"):
    """`state`: 'open', 'upheld' (the entry stays) or 'overturned' (it no longer counts)."""

    id = BigSerial(primary_key=True)
    entry_id = BigInt(unique=True)
    member_id = BigInt()
    words = Text()
    state = Text(default="open")
    reason = Text(default="")
    decided_by = BigInt(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
