"""Who may see a circle's fans as its partner does, and keep them apart. Plain questions; templates
ask the same ones.

    owner, editor   tags, segments, checking in
    analyst         reads all of that

A reviewer and the platform's people see none of it: what a partner notes about people is nobody's
business but the partner's and theirs.
"""

from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.circles.policy import Standing

READS = frozenset({"owner", "editor", "analyst"})


def can_see(who: Standing) -> bool:
    return who.role in READS


def can_manage(who: Standing) -> bool:
    return circles.can_edit(who)


def can_check_in(place: Place) -> bool:
    """Who follows a circle that has it, and may read what they look in on."""
    return place.circle.check_ins and place.follows and circles.can_read(place)
