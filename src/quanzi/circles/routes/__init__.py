"""Pages about circles: the directory, a partner, and changing a circle."""

from quanzi.circles.routes.directory import show_partner
from quanzi.circles.routes.following import (
    follow_circle,
    mark_seen,
    show_members,
    unfollow_circle,
)
from quanzi.circles.routes.settings import change_circle, show_about, show_settings

ROUTES = [
    show_partner,
    show_about,
    show_settings,
    change_circle,
    follow_circle,
    unfollow_circle,
    mark_seen,
    show_members,
]
