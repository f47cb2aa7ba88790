"""Notices of a circle. The migration holds the real keys."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz
from piccolo.table import Table


class CircleNotice(Table, tablename="circle_notice"):
    """`state`: 'draft', 'asked' (an owner), 'planned' for its time, 'sending', 'sent', 'stopped' in the
    middle; or 'on', when it goes by itself at an `occasion`: 'joined', or 'silent' for `silent_days`.

    `reached`: the member up to whom it has been sent, in the order of their ids. `taken_until`: a
    process is at it. `send_at`, of one that calls back: when it goes through the followers next.
    """

    circle_id = BigInt(primary_key=True)
    id = BigSerial()
    author_id = BigInt()
    segment_id = BigInt(null=True, default=None)
    title = Text()
    body = Text()
    link = Text(default="")
    state = Text(default="draft")
    send_at = Timestamptz(null=True, default=None)
    reached = BigInt(default=0)
    sent = Integer(default=0)
    opened = Integer(default=0)
    occasion = Text(default="")
    silent_days = Integer(default=0)
    taken_until = Timestamptz(null=True, default=None)
    version = Integer(default=1)
    created_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)


class CircleNoticeSent(Table, tablename="circle_notice_sent"):
    """To whom one went, each once."""

    circle_id = BigInt(primary_key=True)
    notice_id = BigInt()
    member_id = BigInt()
    at = Timestamptz()
    opened_at = Timestamptz(null=True, default=None)


class CircleNoticeMute(Table, tablename="circle_notice_mute"):
    """Who follows a circle and wants no notices of it."""

    circle_id = BigInt(primary_key=True)
    member_id = BigInt()
    at = Timestamptz()


class CircleNewcomer(Table, tablename="circle_newcomer"):
    """Who has just come and is to be greeted; gone when that is done."""

    circle_id = BigInt(primary_key=True)
    member_id = BigInt()
    at = Timestamptz()
