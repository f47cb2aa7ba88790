"""The queue and its cases, reports, decisions and appeals, policy and words, and what all may know."""

from typing import Any

from quanzi.moderation.routes import appeals, at_once, case, own, queue, reporting, suspended
from quanzi.moderation.routes.lists import LISTED
from quanzi.moderation.routes.log import LOG
from quanzi.moderation.routes.screening import POLICY
from quanzi.moderation.routes.transparency import FIGURES

ROUTES: list[Any] = [
    queue.show_all,
    queue.show_queue,
    queue.take_next_of_all,
    queue.take_next,
    case.show_case,
    case.claim_case,
    case.let_case_go,
    case.decide_case,
    case.look_again,
    reporting.show_report,
    reporting.report,
    reporting.show_report_of_service,
    reporting.report_service,
    at_once.show_decide,
    at_once.decide,
    at_once.delete_post,
    at_once.delete_comment,
    own.show_own,
    own.show_own_one,
    own.appeal_own,
    suspended.appeal_suspension,
    appeals.show_all_appeals,
    appeals.show_appeals,
    appeals.show_appeal,
    appeals.answer_appeal,
    *POLICY,
    *LISTED,
    *FIGURES,
    *LOG,
]
