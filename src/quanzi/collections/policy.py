"""Who may make collections, see one, and suggest something for one."""

from typing import Protocol

from quanzi.circles import policy as circles
from quanzi.circles.access import Place


class CollectionLike(Protocol):
    @property
    def state(self) -> str: ...


def can_see(place: Place, collection: CollectionLike) -> bool:
    """What is out, who may read the circle; a draft, who works for the partner."""
    return collection.state == "published" or circles.is_staff(place)


def can_collect(place: Place) -> bool:
    """Make collections, put posts into them, and decide about what members suggest."""
    return circles.can_edit(place)


def can_suggest(place: Place) -> bool:
    """Who may do it themselves need not suggest it."""
    return place.viewer is not None and circles.can_read(place) and not can_collect(place)
