"""Pages of services: for who wants one, and at the desk of who offers them."""

from quanzi.offering.routes.asking import request_service, show_service
from quanzi.offering.routes.circle import show_picture, show_services
from quanzi.offering.routes.designing import design_form, show_form
from quanzi.offering.routes.desk import delete_service, end_service, move_service, put_up, show_desk
from quanzi.offering.routes.editing import change_service, make_service, show_edit, show_new
from quanzi.offering.routes.inbox import (
    answer_request,
    export_requests,
    show_inbox,
    show_partners_inbox,
    show_request,
)
from quanzi.offering.routes.own import show_own, show_own_request, withdraw_request

ROUTES = [
    show_services,
    show_picture,
    show_service,
    request_service,
    show_own,
    show_own_request,
    withdraw_request,
    show_desk,
    put_up,
    end_service,
    delete_service,
    move_service,
    show_new,
    make_service,
    show_edit,
    change_service,
    show_form,
    design_form,
    show_inbox,
    show_partners_inbox,
    show_request,
    answer_request,
    export_requests,
]
