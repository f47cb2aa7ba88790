"""Pages about oneself."""

from quanzi.identity.routes.own_sessions import end_others, end_session, show_sessions
from quanzi.identity.routes.settings import (
    change_password,
    change_settings,
    confirm,
    forget_address,
    show_account,
    show_confirm,
    show_settings,
    wish_address,
)
from quanzi.identity.routes.signing import (
    do_sign_in,
    do_sign_out,
    do_sign_up,
    keep_account,
    show_sign_in,
    show_sign_up,
)
from quanzi.identity.routes.texts import show_privacy, show_terms

ROUTES = [
    show_terms,
    show_privacy,
    show_sign_in,
    do_sign_in,
    keep_account,
    show_sign_up,
    do_sign_up,
    do_sign_out,
    show_sessions,
    end_session,
    end_others,
    show_settings,
    change_settings,
    show_account,
    wish_address,
    forget_address,
    change_password,
    show_confirm,
    confirm,
]
