"""Circles and who runs them."""

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    DoublePrecision,
    Integer,
    Text,
    Timestamptz,
)
from piccolo.table import Table


class Category(Table, tablename="category"):
    """`retired_at`: since when it is no longer offered; circles that are in it stay in it."""

    slug = Text(primary_key=True)
    name = Text()
    name_en = Text()
    place = Integer()
    retired_at = Timestamptz(null=True, default=None)


class Partner(Table, tablename="partner"):
    """`kind`: 'merchant' or 'institution'."""

    id = BigSerial(primary_key=True)
    slug = Text(unique=True)
    name = Text()
    name_en = Text(default="")
    intro = Text(default="")
    kind = Text(default="merchant")
    created_at = Timestamptz()


class Staff(Table, tablename="staff"):
    """A member's role with a partner; it holds for all the partner's circles."""

    partner_id = BigInt(primary_key=True)
    member_id = BigInt()
    role = Text()
    since = Timestamptz()


class Invitation(Table, tablename="invitation"):
    """A link that makes whoever opens it first part of a partner's staff."""

    id = BigSerial(primary_key=True)
    partner_id = BigInt()
    token_hash = Bytea(unique=True)
    role = Text()
    note = Text(default="")
    invited_by = BigInt()
    created_at = Timestamptz()
    expires_at = Timestamptz()
    ended_at = Timestamptz(null=True)
    used_at = Timestamptz(null=True)
    used_by = BigInt(null=True)


class Circle(Table, tablename="circle"):
    """`posting`: who may post, 'members' or 'staff'. `hidden`: only its staff know that it is.

    `thresholds`: what it asks of people, see `thresholds.py`; `pace`: how often and when is posted,
    see `pace.py`.
    `thresholds`: what it asks of people, see `thresholds.py`. `offers`: whether it shows services,
    to 'all', to 'some', or '' none. `check_ins`: whether its followers can check in.
    """

    id = BigSerial(primary_key=True)
    slug = Text(unique=True)
    partner_id = BigInt()
    category_slug = Text()
    name = Text()
    name_en = Text(default="")
    intro = Text(default="")
    rules = Text(default="")
    cover = Text(default="")
    colour = Text(default="#5b8a72")
    posting = Text(default="members")
    hidden = Boolean(default=False)
    thresholds = JSONB(default="{}")
    pace = JSONB(default="{}")
    pin_slots = Integer(default=3)
    time_zone = Text(default="Asia/Shanghai")
    version = BigInt(default=1)
    created_at = Timestamptz()
    offers = Text(default="")
    check_ins = Boolean(default=False)


class Follow(Table, tablename="follow"):
    """`seen`: up to which number of the circle's log this member has looked at it. `source`: from which
    kind of page they came, see `arriving.py`.
    """

    circle_id = BigInt(primary_key=True)
    member_id = BigInt()
    since = Timestamptz()
    seen = BigInt(default=0)
    source = Text(default="")


class FollowStep(Table, tablename="follow_step"):
    """That somebody began to follow ('join') or ended it ('leave'), and not who."""

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    at = Timestamptz()
    step = Text()
    source = Text(default="")
    since = Timestamptz()


class CircleSearch(Table, tablename="circle_search"):
    """What a circle is found by."""

    circle_id = BigInt(primary_key=True)
    words = Text()


class Rising(Table, tablename="rising"):
    """Circles that have gained followers these days; made anew every ten minutes."""

    circle_id = BigInt(primary_key=True)
    gained = BigInt()
    score = DoublePrecision()
    at = Timestamptz()


class Ban(Table, tablename="ban"):
    """A member who may not talk in a circle ('mute'), or not be there ('ban'), until then.

    `circle_id` 0: on the whole site.
    """

    id = BigSerial(primary_key=True)
    circle_id = BigInt(default=0)
    member_id = BigInt()
    kind = Text()
    until = Timestamptz()
    reason = Text(default="")
    given_by = BigInt(null=True)
    at = Timestamptz()
    lifted_at = Timestamptz(null=True, default=None)
