"""Notices and what members want to hear. Real primary keys begin with the member."""

from piccolo.columns import Array, BigInt, BigSerial, Boolean, Integer, SmallInt, Text, Timestamptz
from piccolo.table import Table


class Notice(Table, tablename="notice"):
    """One piece of news for one member. Deeds of one `group_key` join it until it has been read.

    It keeps who did what to which thing, and no words of theirs: those are read when it is shown,
    so that what has been removed is shown nowhere. `tray`: whether the bell tells of it.
    """

    member_id = BigInt()
    id = BigSerial(primary_key=True)
    kind = Text()
    group_key = Text()
    circle_id = BigInt(default=0)
    post_id = BigInt(default=0)
    comment_id = BigInt(default=0)
    actor_ids = Array(base_column=BigInt())
    actors = Integer(default=0)
    note = Text(default="")
    tray = Boolean(default=True)
    at = Timestamptz()
    seen_at = Timestamptz(null=True, default=None)
    read_at = Timestamptz(null=True, default=None)


class Preference(Table, tablename="preference"):
    """What a member said of one subject on one channel; without a row, what the channel does."""

    member_id = BigInt(primary_key=True)
    subject = Text()
    channel = Text()
    wanted = Boolean()


class Digest(Table, tablename="digest"):
    """How often a member wants a letter that sums up their notices, and when the next is due."""

    member_id = BigInt(primary_key=True)
    every = Text(default="off")
    hour = SmallInt(default=20)
    due_at = Timestamptz(null=True, default=None)
    told_until = Timestamptz()
