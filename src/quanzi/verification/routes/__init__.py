"""One's own verification; the platform's queue of documents."""

from quanzi.verification.routes.deciding import (
    decide_request,
    look_at_documents,
    show_request,
    show_requests,
)
from quanzi.verification.routes.openid import (
    agree_to_openid,
    come_back,
    go_on,
    go_to_provider,
    unlink_openid,
)
from quanzi.verification.routes.own import (
    ask_for_verification,
    show_verification,
    withdraw_verification,
)

ROUTES = [
    show_verification,
    ask_for_verification,
    withdraw_verification,
    go_to_provider,
    come_back,
    go_on,
    agree_to_openid,
    unlink_openid,
    show_requests,
    show_request,
    look_at_documents,
    decide_request,
]
