"""Who may open a circle to other servers. A plain question; templates ask the same one."""

from quanzi.circles.policy import Standing
from quanzi.federation import ours


def can_federate(who: Standing) -> bool:
    """What is sent away does not come back: the owner decides, and only where the site takes part."""
    return ours.federates() and who.role == "owner"
