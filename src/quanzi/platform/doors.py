"""The door of a program: a key in the head of each request, and a scope that the route asks for.

@get("/circles/{circle:str}", opt={"scope": "circles:read"})

No cookie opens it, so nothing can be forged that a browser would send by itself.
"""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from quanzi.errors import Invalid, NotAllowed, SignInFirst, TooMany, said
from quanzi.platform.bearing import Bearer, bearer_of
from quanzi.web import addresses, limits
from quanzi.web.limits import Limit

PROGRAMS = Limit("programs", 600, 60, 120)
# Keys that are none, by address: nobody finds one by trying.
UNKNOWN_KEYS = Limit("unknown-keys", 30, 60, 30)

type_of_connection = ASGIConnection[Any, Any, Any, Any]


class KeyNeeded(SignInFirst):
    sentence = said(
        "需要一个有效的密钥。请在“设置 → 开放平台”里创建，放在 Authorization: Bearer 里。"
    )


async def by_key(connection: type_of_connection, handler: BaseRouteHandler) -> None:
    """Raises KeyNeeded, NotAllowed for a scope that the key has not, TooMany."""
    scope = handler.opt["scope"]
    bearer = await _bearer(connection)
    state = connection.scope["state"]
    state.update(viewer=bearer.viewer, bearer=bearer)
    state["answer_headers"] = {"ratelimit-limit": str(PROGRAMS.times)}
    await _keep_pace(bearer, state["answer_headers"])
    _refuse_twice(connection)
    if scope not in bearer.scopes:
        state["answer_headers"]["www-authenticate"] = (
            f'Bearer error="insufficient_scope", scope="{scope}"'
        )
        raise NotAllowed(said("这个密钥没有 %(scope)s 权限。", scope=scope))


def _refuse_twice(connection: type_of_connection) -> None:
    """A parameter that is given twice: one of them would be passed over without a word."""
    names = [name for name, _ in connection.query_params.multi_items()]
    twice = {name: said("这个参数写了两次。") for name in names if names.count(name) > 1}
    if twice:
        raise Invalid(**twice)


async def _bearer(connection: type_of_connection) -> Bearer:
    kind, _, secret = connection.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    found = await bearer_of(secret) if kind.lower() == "bearer" else None
    if found is None:
        error = ' error="invalid_token"' if secret else ""
        connection.scope["state"]["answer_headers"] = {"www-authenticate": f"Bearer{error}"}
        if secret:
            await limits.hold(UNKNOWN_KEYS, addresses.address_of(connection))
        raise KeyNeeded
    return found


async def _keep_pace(bearer: Bearer, headers: dict[str, str]) -> None:
    try:
        left = await limits.hold(PROGRAMS, bearer.key)
    except TooMany:
        headers["ratelimit-remaining"] = "0"
        raise
    headers["ratelimit-remaining"] = str(left)
    headers["ratelimit-reset"] = str(PROGRAMS.seconds_until_full(left))
