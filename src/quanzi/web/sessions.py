"""Who is asking: the cookie, and the person behind it, remembered for a moment.

The session itself is identity's; `app.py` hands in how to find its person (`identify`).
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from quanzi.settings import settings

# A session that was ended may be believed for this long by a process that did not end it.
BELIEVED = 1.5
MOST_REMEMBERED = 10_000

Identify = Callable[[str], Awaitable[Any]]
type_of_connection = ASGIConnection[Any, Any, Any, Any]

# Who has done something sees it at once, also where others are shown what was so a moment ago.
LATELY = 5.0

_remembered: dict[str, tuple[float, Any]] = {}
_acted: dict[str, float] = {}


def cookie_name() -> str:
    return "__Host-quanzi" if settings().secure else "quanzi"


def token(connection: type_of_connection) -> str:
    return connection.cookies.get(cookie_name(), "")


async def viewer(connection: type_of_connection) -> Any:
    """The person asking, or None. Asked for often in one request, looked up once."""
    state = connection.scope["state"]
    if "viewer" not in state:
        held = token(connection)
        state["viewer"] = await _known(connection, held) if held else None
    return state["viewer"]


async def fresh_viewer(connection: type_of_connection) -> Any:
    """Without the moment's memory: for what lasts, as a live connection does."""
    held = token(connection)
    return await connection.app.state.identify(held) if held else None


def handed_out(new_token: str) -> Cookie:
    """HttpOnly, bound to this host; it goes when the browser forgets, the session when it ends."""
    return Cookie(
        cookie_name(),
        value=new_token,
        path="/",
        httponly=True,
        secure=settings().secure,
        samesite="lax",
        max_age=90 * 24 * 3600,
    )


def taken_back() -> Cookie:
    return Cookie(
        cookie_name(),
        value="",
        path="/",
        max_age=0,
        httponly=True,
        secure=settings().secure,
        samesite="lax",
    )


def forget(connection: type_of_connection) -> None:
    """This process must not believe an ended session for even a moment."""
    _remembered.pop(token(connection), None)
    connection.scope["state"].pop("viewer", None)


def forget_all() -> None:
    _remembered.clear()
    _acted.clear()


def acts(connection: type_of_connection) -> None:
    """They do something now, by this process."""
    if len(_acted) >= MOST_REMEMBERED:
        _acted.clear()
    _acted[token(connection)] = time.monotonic()


def acted_lately(connection: type_of_connection) -> bool:
    return time.monotonic() - _acted.get(token(connection), -LATELY) < LATELY


async def _known(connection: type_of_connection, held: str) -> Any:
    now = time.monotonic()
    known = _remembered.get(held)
    if known is not None and now - known[0] < BELIEVED:
        return known[1]
    found = await connection.app.state.identify(held)
    if found is None:
        return None
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[held] = (now, found)
    return found
