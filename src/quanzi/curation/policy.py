"""Who may make posts stand out."""

from quanzi.circles import policy as circles
from quanzi.circles.access import Place


def can_pin(place: Place) -> bool:
    return circles.can_edit(place) and place.circle.pin_slots > 0


def can_digest(place: Place) -> bool:
    return circles.can_edit(place)
