"""Who may do what with people. Plain questions; templates ask the same ones."""

from quanzi.identity.sessions import Viewer


def can_follow(viewer: Viewer | None, member_id: int) -> bool:
    return viewer is not None and viewer.member_id != member_id
