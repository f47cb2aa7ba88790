"""The circle's log. The real primary keys are composite; the migration holds them."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Text, Timestamptz
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
