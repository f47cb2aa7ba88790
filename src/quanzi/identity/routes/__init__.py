"""Pages about oneself."""

from quanzi.identity.routes.own_sessions import end_others, end_session, show_sessions
from quanzi.identity.routes.signing import (
    do_sign_in,
    do_sign_out,
    do_sign_up,
    keep_account,
    show_sign_in,
    show_sign_up,
)

ROUTES = [
    show_sign_in,
    do_sign_in,
    keep_account,
    show_sign_up,
    do_sign_up,
    do_sign_out,
    show_sessions,
    end_session,
    end_others,
]
