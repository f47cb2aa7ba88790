"""The desk's calendar, what stands on it, what comes again, the pace, and the pins."""

from quanzi.planning.routes.calendar import check_time, mend_conflict, move_item, show_plan
from quanzi.planning.routes.digests import plan_digest, show_digest_plan
from quanzi.planning.routes.one import (
    approve_post,
    decline_post,
    keep_post,
    post_now,
    set_time,
    show_planned,
)
from quanzi.planning.routes.partner import show_partners_plan
from quanzi.planning.routes.pins import arrange_pins, show_pins
from quanzi.planning.routes.rules import set_rules, show_rules
from quanzi.planning.routes.series import agree_to_series, end_series, show_series, start_series
from quanzi.planning.routes.templates import remove_template, save_template, show_templates

ROUTES = [
    show_plan,
    move_item,
    mend_conflict,
    check_time,
    show_planned,
    set_time,
    post_now,
    keep_post,
    approve_post,
    decline_post,
    show_digest_plan,
    plan_digest,
    show_series,
    start_series,
    end_series,
    agree_to_series,
    show_rules,
    set_rules,
    show_templates,
    save_template,
    remove_template,
    show_pins,
    arrange_pins,
    show_partners_plan,
]
