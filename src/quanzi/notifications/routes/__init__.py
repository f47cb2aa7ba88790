"""Notices, what one wants to hear, and how to hear no more."""

from quanzi.notifications.routes.choosing import choose, show_choices
from quanzi.notifications.routes.notices import mark_read, mark_seen, show_notices
from quanzi.notifications.routes.pushing import show_worker, subscribe
from quanzi.notifications.routes.pushing import unsubscribe as unsubscribe_browser
from quanzi.notifications.routes.unsubscribing import show_unsubscribe, unsubscribe

ROUTES = [
    show_notices,
    mark_seen,
    mark_read,
    show_choices,
    choose,
    show_worker,
    subscribe,
    unsubscribe_browser,
    show_unsubscribe,
    unsubscribe,
]
