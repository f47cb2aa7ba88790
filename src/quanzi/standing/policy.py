"""Who may do what about credit. Plain questions on loaded rows; templates ask the same ones."""

from datetime import timedelta

from quanzi import clock
from quanzi.identity.sessions import Viewer
from quanzi.standing.statement import Entry

APPEAL_WITHIN = timedelta(days=60)
# What somebody decided; what ran out by itself nobody did.
DECIDED = frozenset({"decision", "banned", "removed"})


def can_appeal(entry: Entry) -> bool:
    """Against what somebody decided and still counts, once, for two months. A decision about what
    they wrote is appealed where it stands, with all that followed from it.
    """
    return (
        entry.points < 0
        and entry.cause != "decision"
        and entry.rule in DECIDED
        and not entry.ended
        and not entry.appeal
        and clock.now() - entry.at < APPEAL_WITHIN
    )


def can_edit_rules(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.platform_role == "admin"


def can_see_appeals(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.platform_role == "admin"


def can_decide(viewer: Viewer, member_id: int) -> bool:
    """Nobody decides on their own."""
    return can_see_appeals(viewer) and viewer.member_id != member_id
