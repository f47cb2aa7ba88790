"""A member's statement and appeals; the platform's rules, and what it decides."""

from quanzi.standing.routes.appeals import (
    decide_appeal,
    show_appeal,
    show_appeals,
)
from quanzi.standing.routes.own import (
    appeal_entry,
    change_band,
    show_appeal_form,
    show_credit,
    show_own_appeals,
)
from quanzi.standing.routes.rules import change_rules, show_pairs, show_rules

ROUTES = [
    show_credit,
    change_band,
    show_appeal_form,
    appeal_entry,
    show_own_appeals,
    show_rules,
    change_rules,
    show_pairs,
    show_appeals,
    show_appeal,
    decide_appeal,
]
