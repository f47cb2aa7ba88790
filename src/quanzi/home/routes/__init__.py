"""The home page, the circles one follows, and one's own live connection."""

from quanzi.home.routes.home import mark_all_seen, show_circles, show_home
from quanzi.home.routes.live import live

ROUTES = [show_home, show_circles, mark_all_seen, live]
