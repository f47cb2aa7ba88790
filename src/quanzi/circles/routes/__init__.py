"""Pages about circles: the directory, a partner, and changing a circle."""

from quanzi.circles.routes.following import (
    follow_circle,
    mark_seen,
    show_members,
    unfollow_circle,
)
from quanzi.circles.routes.handing_over import hand_over, show_hand_over
from quanzi.circles.routes.joining import accept_invitation, show_invitation
from quanzi.circles.routes.partners import change_partner, show_partner, show_partner_settings
from quanzi.circles.routes.settings import change_circle, show_about, show_settings
from quanzi.circles.routes.staff import (
    change_role,
    end_invitation,
    invite_staff,
    leave_staff,
    remove_staff,
    show_staff,
)
from quanzi.circles.routes.thresholds import change_thresholds, show_thresholds

ROUTES = [
    show_partner,
    show_partner_settings,
    change_partner,
    show_about,
    show_settings,
    change_circle,
    show_thresholds,
    change_thresholds,
    show_staff,
    invite_staff,
    end_invitation,
    change_role,
    remove_staff,
    leave_staff,
    show_hand_over,
    hand_over,
    show_invitation,
    accept_invitation,
    follow_circle,
    unfollow_circle,
    mark_seen,
    show_members,
]
