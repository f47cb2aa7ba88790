"""Fans, by what a circle's partner knows of them. The real primary keys begin with the circle; the
migration holds them.
"""

from piccolo.columns import JSONB, BigInt, BigSerial, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class Segment(Table, tablename="segment"):
    """Followers that have something in common: `conditions`, see `conditions.py`. One that is
    `withdrawn_at` stays for what refers to it, and nobody is in it.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    name = Text()
    conditions = JSONB(default="{}")
    version = BigInt(default=1)
    made_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)


class FanTag(Table, tablename="fan_tag"):
    """A word that the partner keeps its fans apart by. `rule`: the conditions that put it on and take
    it off; without one it is put on by hand.

    `due_at`: when its rule is gone through next; `reached`: up to which member it has been this time.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    name = Text()
    rule = JSONB(null=True, default=None)
    version = BigInt(default=1)
    due_at = Timestamptz(null=True, default=None)
    reached = BigInt(default=0)
    made_at = Timestamptz()


class FanTagged(Table, tablename="fan_tagged"):
    """A follower with a tag. Goes with the follow, which it refers to."""

    circle_id = BigInt(primary_key=True)
    tag_id = BigInt()
    member_id = BigInt()
    at = Timestamptz()


class FanSetting(Table, tablename="fan_setting"):
    """`levels`: what a circle calls them, the lowest first; '' for the name that the site has.

    Whether people can check in stands with the circle, which every page of it reads.
    """

    circle_id = BigInt(primary_key=True)
    levels = JSONB(default="[]")


class CheckIn(Table, tablename="check_in"):
    """That a member looked in on a day, by the circle's own clock."""

    circle_id = BigInt(primary_key=True)
    member_id = BigInt()
    day = Date()


class FanStanding(Table, tablename="fan_standing"):
    """As of the last check-in: how many days running, and what a year's days here have come to."""

    circle_id = BigInt(primary_key=True)
    member_id = BigInt()
    last_day = Date()
    streak = Integer(default=1)
    longest = Integer(default=1)
    points = Integer(default=0)
