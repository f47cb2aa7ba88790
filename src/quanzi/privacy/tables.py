"""What members asked to take with them."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz
from piccolo.table import Table


class DataExport(Table, tablename="data_export"):
    """`done` of `parts` are written; `beat_at`: when its maker last said so; `file`: its name."""

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    language = Text()
    state = Text(default="waiting")
    done = Integer(default=0)
    parts = Integer(default=0)
    file = Text(default="")
    bytes = BigInt(default=0)
    asked_at = Timestamptz()
    beat_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
