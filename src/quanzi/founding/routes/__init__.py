"""Where a site is set up."""

from typing import Any

from quanzi.founding.routes import setting_up

ROUTES: list[Any] = [setting_up.show_set_up, setting_up.do_set_up]
