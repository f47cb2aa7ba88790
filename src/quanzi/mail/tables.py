"""Letters on their way out."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz
from piccolo.table import Table


class Letter(Table, tablename="letter"):
    """`state`: waiting, sending, sent; failed: the server will not have it; unsure: nobody knows
    whether it was sent, so it is not sent again. What it says is kept only until it has gone.
    """

    id = BigSerial(primary_key=True)
    key = Text(unique=True)
    member_id = BigInt()
    recipient = Text()
    language = Text()
    subject = Text()
    text = Text()
    html = Text()
    unsubscribe = Text(default="")
    state = Text(default="waiting")
    tries = Integer(default=0)
    next_at = Timestamptz()
    last_error = Text(default="")
    at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)
