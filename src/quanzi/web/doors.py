"""Doors: every route is closed to strangers unless it says in a sentence why it is open.

@get("/about", opt={"open": "people read this before they join"})
"""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from quanzi.errors import SignInFirst
from quanzi.web import sessions


async def closed_unless_open(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    if not handler.opt.get("open") and await sessions.viewer(connection) is None:
        raise SignInFirst
