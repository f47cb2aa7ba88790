"""Who may offer services, ask for them, and see what was asked. Plain questions; templates ask the
same ones.

    owner, editor   services, requests
    analyst         how many requests there are
"""

from typing import Protocol

from quanzi.circles import policy as circles
from quanzi.circles import thresholds
from quanzi.circles.access import Place
from quanzi.circles.policy import Standing
from quanzi.identity.sessions import Viewer
from quanzi.offering import segment

COUNTS = frozenset({"owner", "editor", "analyst"})
OPEN = frozenset({"new", "accepted"})
# What may follow on what.
NEXT = {"accepted": frozenset({"new"}), "declined": OPEN, "done": frozenset({"accepted"})}


class ServiceLike(segment.For, Protocol):
    """A service, as far as rights go."""

    @property
    def state(self) -> str: ...
    @property
    def link(self) -> str: ...


class RequestLike(Protocol):
    """A request, as far as rights go."""

    @property
    def member_id(self) -> int: ...
    @property
    def state(self) -> str: ...


def can_manage(who: Standing) -> bool:
    """Services, and what is asked of them, which is nobody's business but the partner's."""
    return circles.can_edit(who)


def can_count(who: Standing) -> bool:
    """See the services at the desk, and how many requests there are."""
    return who.role in COUNTS


def can_see(place: Place, service: ServiceLike) -> bool:
    """What is shown or has been, whom it is for; the rest, who makes it."""
    if service.state == "deleted":
        return False
    if can_manage(place):
        return True
    return service.state in {"shown", "ended"} and segment.fits(place, service)


def can_request(place: Place, service: ServiceLike) -> bool:
    return (
        place.viewer is not None
        and service.state == "shown"
        and not service.link
        and segment.fits(place, service)
        and not is_barred(place)
    )


def is_barred(place: Place) -> bool:
    """Who may not talk here may not write to the partner this way either."""
    return thresholds.is_barred(place, "comment")


def can_see_request(viewer: Viewer, request: RequestLike) -> bool:
    """Their own; the partner's people ask through their desk."""
    return viewer.member_id == request.member_id


def can_withdraw(viewer: Viewer, request: RequestLike) -> bool:
    return can_see_request(viewer, request)


def may_become(request: RequestLike, state: str) -> bool:
    return request.state in NEXT.get(state, frozenset())
