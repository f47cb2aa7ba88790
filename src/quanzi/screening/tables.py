"""What is looked for, what the machine said, and what follows. Real primary keys are in the migration."""

from piccolo.columns import JSONB, Array, BigInt, BigSerial, Integer, Text, Timestamptz
from piccolo.table import Table


class ScreeningList(Table, tablename="screening_list"):
    """The words of one version; the highest is in force, without any those in the files are."""

    version = Integer(primary_key=True)
    words = JSONB()
    note = Text(default="")
    made_by = BigInt(null=True, default=None)
    made_at = Timestamptz()


class ScreeningPrint(Table, tablename="screening_print"):
    """A text that somebody wrote: its likeness, never its words. Goes after a week.

    `bands`: four parts of the likeness; texts that are nearly the same have one in common.
    """

    id = BigSerial(primary_key=True)
    member_id = BigInt()
    bands = Array(base_column=Integer())
    simhash = BigInt()
    at = Timestamptz()


class ScreeningPolicy(Table, tablename="screening_policy"):
    """What happens at which score. `circle_id` 0: the platform's; a circle's is only ever stricter."""

    circle_id = BigInt(primary_key=True)
    version = Integer()
    policy = JSONB()
    note = Text(default="")
    made_by = BigInt(null=True)
    made_at = Timestamptz()


class ScreeningVerdict(Table, tablename="screening_verdict"):
    """What the machine found in a thing, and what was done. `findings`: category, score, from, to and
    rule of each; never the words themselves. `harder`: by how much less the author was trusted.
    """

    id = BigSerial(primary_key=True)
    kind = Text()
    circle_id = BigInt(default=0)
    post_id = BigInt(default=0)
    comment_id = BigInt(default=0)
    author_id = BigInt()
    action = Text()
    category = Text(default="")
    score = Integer(default=0)
    harder = Integer(default=0)
    findings = JSONB(default="[]")
    lists_version = Integer(default=0)
    policy_version = Integer(default=0)
    case_id = BigInt(null=True, default=None)
    at = Timestamptz()
