"""Pins. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz
from piccolo.table import Table


class PinBoard(Table, tablename="pin_board"):
    """One per circle. Its row is what those who pin at the same time wait for."""

    circle_id = BigInt(primary_key=True)
    version = BigInt(default=0)


class PinBrought(Table, tablename="pin_brought"):
    """How often the circle's page was shown while a pin was up, and how often its post was opened."""

    circle_id = BigInt(primary_key=True)
    pin_id = BigInt()
    views = BigInt(default=0)
    opens = BigInt(default=0)


class Pin(Table, tablename="pin"):
    """A post in a slot, from a start to an end. Ended ones stay, as history."""

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    post_id = BigInt()
    slot = Integer()
    state = Text()
    starts_at = Timestamptz()
    ends_at = Timestamptz(null=True, default=None)
    pinned_by = BigInt()
    ended_at = Timestamptz(null=True, default=None)
    why_ended = Text(default="")
    created_at = Timestamptz()
