"""Doors: every route is closed to strangers unless it says in a sentence why it is open.

@get("/about", opt={"open": "people read this before they join"})
"""

from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from quanzi.errors import NotFound, SignInFirst
from quanzi.web import sessions


def can_be_meant(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """What no row can hold is nowhere: a zero byte, a number beyond the database's."""
    numbers = (value for value in connection.path_params.values() if isinstance(value, int))
    if (
        "\x00" in connection.scope["path"]
        or b"%00" in connection.scope["query_string"]
        or any(abs(number) >= 2**63 for number in numbers)
    ):
        raise NotFound


async def closed_unless_open(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    if not handler.opt.get("open") and await sessions.viewer(connection) is None:
        raise SignInFirst


async def let_in(connection: ASGIConnection[Any, Any, Any, Any], may: Callable[[Any], bool]) -> Any:
    """Who asks, if the policy says so; to everybody else there is no such page: NotFound."""
    viewer = await sessions.viewer(connection)
    if not may(viewer):
        raise NotFound
    return viewer
