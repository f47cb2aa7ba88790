"""Who follows whom, and how they want to be found. The migration holds the composite keys."""

from piccolo.columns import BigInt, Boolean, SmallInt, Timestamptz
from piccolo.table import Table


class MemberFollow(Table, tablename="member_follow"):
    follower_id = BigInt(primary_key=True)
    member_id = BigInt()
    since = Timestamptz()


class MemberFigure(Table, tablename="member_figure"):
    """How many follow a member, and whom they follow; spread over slots, the sum is the figure."""

    member_id = BigInt(primary_key=True)
    slot = SmallInt()
    followers = BigInt(default=0)
    following = BigInt(default=0)


class Dismissal(Table, tablename="dismissal"):
    """A suggestion that somebody did not want to see again."""

    member_id = BigInt(primary_key=True)
    dismissed_id = BigInt()
    at = Timestamptz()


class PeopleSetting(Table, tablename="people_setting"):
    """Only of members who chose; the others have the defaults.

    `suggestable`: may be suggested to others. `suggestions`: wants to see some. `circles_shown`:
    others may see which public circles they follow.
    """

    member_id = BigInt(primary_key=True)
    suggestable = Boolean(default=True)
    suggestions = Boolean(default=True)
    circles_shown = Boolean(default=True)
