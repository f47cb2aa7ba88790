"""What is counted. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import BigInt, Boolean, Date, Text, Timestamptz
from piccolo.table import Table


class SeenHour(Table, tablename="seen_hour"):
    """In an hour: how often a post stood on a page that was shown, and how often it was opened.

    `post_id` 0: how often the circle's page itself was shown.
    """

    circle_id = BigInt(primary_key=True)
    hour = Timestamptz()
    post_id = BigInt(default=0)
    shown = BigInt(default=0)
    opens = BigInt(default=0)


class ActiveDay(Table, tablename="active_day"):
    """That a member was there on a day of the circle's own zone."""

    circle_id = BigInt(primary_key=True)
    day = Date()
    member_id = BigInt()


class CircleDay(Table, tablename="circle_day"):
    circle_id = BigInt(primary_key=True)
    day = Date()
    joined = BigInt(default=0)
    gone = BigInt(default=0)
    posts = BigInt(default=0)
    comments = BigInt(default=0)
    likes = BigInt(default=0)
    active = BigInt(default=0)
    pages = BigInt(default=0)
    opens = BigInt(default=0)


class SourceDay(Table, tablename="source_day"):
    """Where those came from who followed on a day."""

    circle_id = BigInt(primary_key=True)
    day = Date()
    source = Text()
    joined = BigInt()


class CircleWeek(Table, tablename="circle_week"):
    """How many different members were there in the week that begins on this Monday."""

    circle_id = BigInt(primary_key=True)
    week = Date()
    active = BigInt()


class CohortWeek(Table, tablename="cohort_week"):
    """Of those who followed in one week and still do: how many were there in a later one."""

    circle_id = BigInt(primary_key=True)
    joined_week = Date()
    week = Date()
    active = BigInt()


class InsightRoll(Table, tablename="insight_roll"):
    """One row: up to when days have been counted."""

    id = Boolean(primary_key=True, default=True)
    upto = Timestamptz()


class InsightLetter(Table, tablename="insight_letter"):
    """When an owner gets the next weekly letter of a partner; without a date they want none."""

    member_id = BigInt(primary_key=True)
    partner_id = BigInt()
    due_at = Timestamptz(null=True)
