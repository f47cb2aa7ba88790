"""The circle's log. The real primary keys are composite; the migration holds them."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    SmallInt,
    Text,
    Timestamptz,
)
from piccolo.table import Table


class Head(Table, tablename="circle_head"):
    """The counter that numbers a circle's events. Locked from its update to the commit."""

    circle_id = BigInt(primary_key=True)
    head = BigInt(default=0)
    floor = BigInt(default=0)


class Event(Table, tablename="circle_event"):
    """That something happened; never its content, which is drawn as it is when it is sent."""

    circle_id = BigInt()
    seq = BigInt()
    event_id = UUID(primary_key=True)
    op = Text()
    subject_id = BigInt()
    version = BigInt()
    actor_id = BigInt(null=True)
    at = Timestamptz()


class History(Table, tablename="history"):
    """One row; `generation` is raised by a restore, so that pages know it is another past."""

    id = Boolean(primary_key=True)
    generation = BigInt(default=1)


class Once(Table, tablename="once"):
    """An idempotency key that was used, and what was answered."""

    actor_id = BigInt()
    key = UUID(primary_key=True)
    request_hash = Bytea()
    answer = Text(default="")
    at = Timestamptz()


class Tally(Table, tablename="tally"):
    """A figure, spread over slots so that many may raise it at once; the sum is the figure."""

    circle_id = BigInt(primary_key=True)
    kind = Text()
    subject_id = BigInt()
    slot = SmallInt()
    n = BigInt(default=0)


class Concern(Table, tablename="concern"):
    """That something concerns a member: written with the deed, gone when it has been told."""

    id = BigSerial(primary_key=True)
    kind = Text()
    member_id = BigInt()
    actor_id = BigInt(null=True)
    circle_id = BigInt(default=0)
    post_id = BigInt(default=0)
    comment_id = BigInt(default=0)
    note = Text(default="")
    at = Timestamptz()
