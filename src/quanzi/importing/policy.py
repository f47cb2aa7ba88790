"""Who may bring posts in. Plain questions on loaded rows; templates ask the same ones."""

from quanzi.circles import policy as circles
from quanzi.circles.access import Place


def can_import(place: Place) -> bool:
    """Who speaks for the partner and plans its posts."""
    return circles.can_edit(place)
