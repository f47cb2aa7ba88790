"""Pages to ask the platform, and to answer for it."""

from quanzi.applying.routes.asking import (
    ask_for_circle,
    ask_for_partner,
    show_ask_for_circle,
    show_ask_for_partner,
)
from quanzi.applying.routes.covers import show_wished_cover
from quanzi.applying.routes.deciding import (
    approve_application,
    refuse_application,
    show_application,
    show_queue,
)
from quanzi.applying.routes.own import show_own_applications, withdraw_application

ROUTES = [
    show_ask_for_partner,
    ask_for_partner,
    show_ask_for_circle,
    ask_for_circle,
    show_own_applications,
    withdraw_application,
    show_wished_cover,
    show_queue,
    show_application,
    approve_application,
    refuse_application,
]
