"""Pictures that people removed."""

from piccolo.columns import BigInt, Text, Timestamptz
from piccolo.table import Table


class ScreeningPicture(Table, tablename="screening_picture"):
    """One that must not come back. Its hash is all that is kept of it."""

    hash = BigInt(primary_key=True)
    category = Text()
    decided_by = BigInt()
    decided_at = Timestamptz()
