"""Browsers that want to be told, and what they are still to be told."""

from piccolo.columns import BigInt, BigSerial, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class PushSubscription(Table, tablename="push_subscription"):
    """`session_id`: the one it was made in; it ends with it."""

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    session_id = Bytea()
    endpoint = Text(unique=True)
    p256dh = Bytea()
    auth = Bytea()
    agent = Text(default="")
    created_at = Timestamptz()
    reached_at = Timestamptz(null=True, default=None)


class PushMessage(Table, tablename="push_message"):
    """That a member is to be told of a notice: not the words, which are read when it is sent."""

    id = BigSerial(primary_key=True)
    subscription_id = BigInt()
    notice_id = BigInt()
    topic = Text()
    tries = Integer(default=0)
    due_at = Timestamptz()
