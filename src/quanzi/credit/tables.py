"""What counted for or against members, by which rules, and what their credit stands at."""

from piccolo.columns import JSONB, BigInt, BigSerial, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class CreditAccount(Table, tablename="credit_account"):
    """`total`: the sum of all entries; `score`: START and that, held within the scale, by the
    database itself. Who has no row has neither earned nor lost anything.

    `months`: for so many months of membership there are entries. `band_shown`: others see the band.
    """

    member_id = BigInt(primary_key=True)
    total = Integer(default=0)
    score = Integer()
    months = Integer(default=0)
    band_shown = Boolean(default=True)


class CreditEntry(Table, tablename="credit_entry"):
    """What counted once. Never changed and never deleted, but with the member.

    `cause`, `circle_id`, `cause_id`: what it was for, like 'post' 3 17. `detail`: which step or
    category of the rule. `reverses`: the entry that no longer counts because of this one.
    """

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    rule = Text()
    detail = Text(default="")
    points = Integer()
    cause = Text()
    circle_id = BigInt(default=0)
    cause_id = BigInt(default=0)
    rule_version = Integer()
    reverses = BigInt(null=True, default=None)
    at = Timestamptz()
    expires_at = Timestamptz(null=True, default=None)


class CreditExpiry(Table, tablename="credit_expiry"):
    """Entries that stop counting at `at`; gone when they have."""

    entry_id = BigInt(primary_key=True)
    at = Timestamptz()


class CreditRuleSet(Table, tablename="credit_rule_set"):
    """The rules of one version; the highest is in force."""

    version = Integer(primary_key=True)
    rules = JSONB()
    note = Text(default="")
    made_by = BigInt(null=True, default=None)
    made_at = Timestamptz()


class CreditPair(Table, tablename="credit_pair"):
    """How often a member's likes counted for another in a month."""

    author_id = BigInt(primary_key=True)
    liker_id = BigInt()
    month = Date()
    n = Integer()


class CreditCursor(Table, tablename="credit_cursor"):
    """How far what earns credit has been looked through."""

    name = Text(primary_key=True)
    at = Timestamptz()
    id = BigInt(default=0)
