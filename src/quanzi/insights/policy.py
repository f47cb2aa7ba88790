"""Who may see what is counted. Plain questions; templates ask the same ones."""

from quanzi.circles.policy import Standing

SEES = frozenset({"owner", "editor", "analyst"})


def can_see(who: Standing) -> bool:
    """The partner's own people; not the platform's, whose business a circle's success is not."""
    return who.role in SEES


def gets_letters(who: Standing) -> bool:
    return who.role == "owner"
