"""Who may do what with a circle and its partner. Plain questions on loaded rows; templates ask
the same ones.

A role is with the partner and holds for all its circles:

    owner      everything, and alone the staff and what the partner and its circles say of themselves
    editor     posts for the partner, pins, plans
    reviewer   takes away what anybody wrote
    analyst    reads
"""

from typing import TYPE_CHECKING, Protocol

from quanzi.circles import thresholds

if TYPE_CHECKING:
    from quanzi.circles.access import Place

# The higher first.
ROLES = ("owner", "editor", "reviewer", "analyst")
EDITS = frozenset({"owner", "editor"})
STAFF = frozenset(ROLES)


class Standing(Protocol):
    """Somebody with a partner or in one of its circles, as far as rights go."""

    @property
    def member_id(self) -> int | None: ...
    @property
    def role(self) -> str: ...
    @property
    def platform_role(self) -> str: ...


def can_know(place: "Place") -> bool:
    """That there is such a circle, and what it says of itself."""
    return not place.circle.hidden or is_staff(place) or bool(place.platform_role)


def can_read(place: "Place") -> bool:
    """What is written in it."""
    return can_know(place) and thresholds.missing(place, "read") is None


def can_follow(place: "Place") -> bool:
    return place.viewer is not None and can_know(place) and not thresholds.is_barred(place, "read")


def is_staff(who: Standing) -> bool:
    return who.role in STAFF


def can_edit(who: Standing) -> bool:
    """Post for the partner, pin, change what stands in the circle."""
    return who.role in EDITS


def can_change(who: Standing) -> bool:
    """Change the circle itself: its name, its cover, who may post, whether it is hidden."""
    return _rules(who)


def can_open_desk(who: Standing) -> bool:
    """Know that a circle has a desk, and see what there is on it for them."""
    return is_staff(who) or who.platform_role == "admin"


def can_see_staff(who: Standing) -> bool:
    """All of a staff know each other."""
    return can_open_desk(who)


def can_invite(who: Standing) -> bool:
    """Make links to join by, see which are out, end them."""
    return _rules(who)


def can_change_role(who: Standing) -> bool:
    return _rules(who)


def can_remove_staff(who: Standing, member_id: int) -> bool:
    """Oneself one does not remove: one leaves."""
    return _rules(who) and who.member_id != member_id


def can_leave(who: Standing) -> bool:
    return is_staff(who)


def can_hand_over(who: Standing) -> bool:
    """What is one's own, and nobody else's in one's place."""
    return who.role == "owner"


def can_change_partner(who: Standing) -> bool:
    """Its name, and what it says of itself."""
    return _rules(who)


def can_apply_for_circle(who: Standing) -> bool:
    """Ask the platform for another circle, in the partner's name."""
    return who.role == "owner"


def is_at_least(role: str, wished: str) -> bool:
    """Whether who has `role` would gain nothing by `wished`."""
    return role in STAFF and ROLES.index(role) <= ROLES.index(wished)


def _rules(who: Standing) -> bool:
    return who.role == "owner" or who.platform_role == "admin"
