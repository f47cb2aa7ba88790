"""Pages about one's own data."""

from quanzi.privacy.routes.erasing import erase_account, show_erase, show_left
from quanzi.privacy.routes.taking import ask_export, fetch_export, show_data, show_progress

ROUTES = [
    show_data,
    show_progress,
    ask_export,
    fetch_export,
    show_erase,
    erase_account,
    show_left,
]
