"""Who may do what with a circle. Plain questions on loaded rows; templates ask the same ones."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quanzi.circles.access import Place

EDITS = frozenset({"owner", "editor"})
STAFF = frozenset({"owner", "editor", "reviewer", "analyst"})


def can_read(place: "Place") -> bool:
    return not place.circle.hidden or is_staff(place) or bool(place.platform_role)


def can_follow(place: "Place") -> bool:
    return place.viewer is not None and can_read(place)


def is_staff(place: "Place") -> bool:
    return place.role in STAFF


def can_edit(place: "Place") -> bool:
    """Post for the partner, pin, change what stands in the circle."""
    return place.role in EDITS


def can_change(place: "Place") -> bool:
    """Change the circle itself: its name, its intro, who may post, whether it is hidden."""
    return place.role == "owner" or place.platform_role == "admin"
