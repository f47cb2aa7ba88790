"""Who may look at documents and decide. Plain questions; templates ask the same ones."""

from quanzi.identity.sessions import Viewer


def can_see_queue(viewer: Viewer | None) -> bool:
    """Real names are for as few eyes as possible: not for moderators."""
    return viewer is not None and viewer.platform_role == "admin"


def can_decide(viewer: Viewer, member_id: int) -> bool:
    """Nobody decides on themselves."""
    return can_see_queue(viewer) and viewer.member_id != member_id
