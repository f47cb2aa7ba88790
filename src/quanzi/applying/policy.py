"""Who may decide on applications, and see whose. Plain questions on loaded rows."""

from typing import Protocol

DECIDES = frozenset({"moderator", "admin"})


class Asking(Protocol):
    """The person asking, as far as rights go."""

    @property
    def member_id(self) -> int: ...
    @property
    def platform_role(self) -> str: ...


class ApplicationLike(Protocol):
    """An application, as far as rights go."""

    @property
    def applicant_id(self) -> int: ...
    @property
    def state(self) -> str: ...


def can_see_queue(viewer: Asking) -> bool:
    return viewer.platform_role in DECIDES


def can_see(viewer: Asking, application: ApplicationLike) -> bool:
    return _is_own(viewer, application) or can_see_queue(viewer)


def can_decide(viewer: Asking, application: ApplicationLike) -> bool:
    """Not on one's own, whatever one's rank."""
    return can_see_queue(viewer) and not _is_own(viewer, application)


def can_withdraw(viewer: Asking, application: ApplicationLike) -> bool:
    return _is_own(viewer, application)


def _is_own(viewer: Asking, application: ApplicationLike) -> bool:
    return viewer.member_id == application.applicant_id
