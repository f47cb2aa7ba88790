"""Who may do what about what others wrote. Plain questions on loaded rows; templates ask the same ones."""

from datetime import datetime, timedelta
from typing import Protocol

from quanzi import clock
from quanzi.circles import policy as circles
from quanzi.circles.access import Place
from quanzi.identity.sessions import Viewer
from quanzi.posts import policy as posts

APPEAL_WITHIN = timedelta(days=60)
# Of what is decided about a person, what reaches beyond the circle is the platform's.
HERE, EVERYWHERE = ("", "mute", "ban"), ("site_mute", "site_ban")
# Nobody keeps somebody out for long on their own: somebody else looks, too.
WANT_A_SECOND = frozenset({"ban", "site_ban"})


class About(Protocol):
    """Something about somebody, as far as rights go."""

    @property
    def author_id(self) -> int: ...
    @property
    def author_role(self) -> str: ...
    @property
    def author_rank(self) -> str: ...
    @property
    def measure(self) -> str: ...


class CaseLike(About, Protocol):
    """A case, as far as rights go."""

    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def claimed_by(self) -> int | None: ...
    @property
    def first_by(self) -> int | None: ...


class DecisionLike(About, Protocol):
    """A decision, as far as rights go."""

    @property
    def decided_by(self) -> int: ...
    @property
    def second_by(self) -> int | None: ...
    @property
    def action(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def appeal(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def can_report(place: Place, author_id: int) -> bool:
    """What others wrote; one's own one removes."""
    return place.member_id is not None and place.member_id != author_id


def can_report_service(place: Place) -> bool:
    """What a partner offers, its own people change."""
    return place.member_id is not None and not circles.is_staff(place)


def can_see_reporters(place: Place, case: CaseLike) -> bool:
    """Of its own service a partner does not read who finds fault with it: they may be its customers."""
    return case.kind != "service" or bool(place.platform_role)


def can_review(place: Place) -> bool:
    """See this circle's queue, and decide what is in it."""
    return posts.can_review(place)


def can_decide(place: Place, about: About) -> bool:
    """Not about oneself; about the partner's own people only its owner or the platform, and about the
    platform's only its admins. What reaches beyond the circle is the platform's.
    """
    if not can_review(place) or place.member_id == about.author_id:
        return False
    if about.author_rank and place.platform_role != "admin":
        return False
    if about.measure in EVERYWHERE and not place.platform_role:
        return False
    return bool(place.platform_role) or place.role == "owner" or not about.author_role


def can_confirm(place: Place, case: CaseLike) -> bool:
    """Take the second look: somebody else than who looked first."""
    return case.state == "second" and can_decide(place, case) and place.member_id != case.first_by


def measures(place: Place) -> tuple[str, ...]:
    """What this reviewer may decide about a person."""
    return (*HERE, *EVERYWHERE) if place.platform_role else HERE


def can_appeal(viewer: Viewer, decision: DecisionLike) -> bool:
    """Whom it hit, once, for two months."""
    return (
        viewer.member_id == decision.author_id
        and decision.state == "in_force"
        and (decision.action != "keep" or decision.measure != "")
        and not decision.appeal
        and clock.now() - decision.at < APPEAL_WITHIN
    )


def can_answer(place: Place, decision: DecisionLike) -> bool:
    """Decide an appeal: neither whom it hit nor who decided before."""
    involved = {decision.author_id, decision.decided_by, decision.second_by}
    return can_decide(place, decision) and place.member_id not in involved


def can_see_platform_queue(viewer: Viewer | None) -> bool:
    return viewer is not None and bool(viewer.platform_role)


def can_set_policy(viewer: Viewer | None) -> bool:
    """The platform's policy and word lists."""
    return viewer is not None and bool(viewer.platform_role)


def can_set_policy_here(place: Place) -> bool:
    """A circle's own, which can only be stricter."""
    return place.role == "owner" or place.platform_role == "admin"


def can_see_policy_here(place: Place) -> bool:
    return can_review(place) or can_set_policy_here(place)


def can_read_log(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.platform_role == "admin"
