"""Series of posts, and what is to be held up. The real primary key begins with the circle; the migration holds it."""

from piccolo.columns import Array, BigInt, BigSerial, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class PlannedDigest(Table, tablename="plan_digest"):
    """A post that is to become one of the circle's best at that time."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    at = Timestamptz()
    planned_by = BigInt()


class Series(Table, tablename="plan_series"):
    """A post that comes again. Its days are planned some weeks ahead, each as a post of its own.

    `every`: 'day', 'week' on `weekdays` (bits, Monday first) or 'month' on `month_day`, at `minute` of
    the circle's day. `state`: 'asked' (an owner), 'running' or 'ended', with `why_ended`.
    `made_until`: the days up to this one have been planned.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    author_id = BigInt()
    body = Text()
    topics = Array(base_column=Text())
    pin_hours = Integer(default=0)
    every = Text()
    weekdays = Integer(default=0)
    month_day = Integer(default=0)
    minute = Integer()
    first_day = Date()
    last_day = Date(null=True, default=None)
    state = Text(default="running")
    why_ended = Text(default="")
    made_until = Date(null=True, default=None)
    version = BigInt(default=1)
    approved = Boolean(default=False)
    created_at = Timestamptz()
