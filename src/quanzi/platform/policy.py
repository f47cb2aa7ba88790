"""Who may have a circle's events sent to a program. Plain questions; templates ask the same ones."""

from quanzi.circles.policy import Standing


def can_hook(who: Standing) -> bool:
    """Add webhooks, see and end them. They are sent what their owner reads, so nobody else's rank
    opens them.
    """
    return who.role == "owner"
