"""The words in force and before, and what was lately said, as numbers that tell likeness only."""

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
