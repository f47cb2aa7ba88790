"""Who may send notices, and who may read one. Plain questions; templates ask the same ones."""

from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.circles.policy import Standing
from quanzi.posts import policy as posts


def can_reach(who: Standing) -> bool:
    """Write, send and stop them, and see what they brought."""
    return circles.can_edit(who)


def needs_approval(place: Place) -> bool:
    """As for what they plan to post: an editor asks, an owner answers."""
    return posts.needs_approval(place)


def can_approve(place: Place) -> bool:
    return posts.can_approve(place)
