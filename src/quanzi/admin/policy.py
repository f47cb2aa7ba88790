"""Who runs the site, and what not even they do alone. Plain questions on loaded rows."""

from typing import Protocol

from quanzi.identity.sessions import Viewer

# Nobody keeps somebody out for long on their own: longer is decided in the review queue, by two.
LONGEST_ALONE = 7


class PersonLike(Protocol):
    """A member, as far as rights go."""

    @property
    def id(self) -> int: ...


def can_run(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.platform_role == "admin"


def can_change(viewer: Viewer, person: PersonLike) -> bool:
    """Suspend them, and give them a rank: nobody does it to themselves."""
    return can_run(viewer) and viewer.member_id != person.id
