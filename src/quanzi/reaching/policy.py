"""Who may send notices, and who may read one. Plain questions; templates ask the same ones."""

from quanzi.circles import policy as circles
from quanzi.circles.policy import Standing


def can_reach(who: Standing) -> bool:
    """Write, send and stop them, and see what they brought."""
    return circles.can_edit(who)
