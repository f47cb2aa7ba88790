"""Who may see and change what is planned."""

from quanzi.circles import policy as circles
from quanzi.circles.policy import Standing


def can_plan(who: Standing) -> bool:
    """See the calendar, choose times, start and end series, save texts to use again."""
    return circles.can_edit(who)


def can_set_pace(who: Standing) -> bool:
    """How often and when is posted, whether an owner has to agree, and the circle's clock."""
    return circles.can_change(who)
