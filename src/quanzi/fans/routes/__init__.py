"""The doors of this room."""

from quanzi.fans.routes.checking_in import check_in, show_check_in
from quanzi.fans.routes.desk import show_fan, show_fans, tag_fans
from quanzi.fans.routes.segments import (
    change_segment,
    count_fans,
    make_segment,
    show_new_segment,
    show_segment,
    show_segments,
    withdraw_segment,
)
from quanzi.fans.routes.settings import change_settings, show_settings
from quanzi.fans.routes.tags import change_tag, make_tag, remove_tag, show_tag, show_tags

ROUTES = [
    show_fans,
    show_fan,
    tag_fans,
    show_segments,
    show_new_segment,
    make_segment,
    count_fans,
    show_segment,
    change_segment,
    withdraw_segment,
    show_tags,
    make_tag,
    show_tag,
    change_tag,
    remove_tag,
    show_settings,
    change_settings,
    show_check_in,
    check_in,
]
