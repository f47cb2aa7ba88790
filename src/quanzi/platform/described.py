"""The interface's own description: OpenAPI 3.1, made from the routes and their shapes."""

import json
from functools import cache
from typing import Any

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, OAuthFlow, OAuthFlows, SecurityScheme
from litestar.routes import HTTPRoute

from quanzi.platform import (
    desk_shapes,
    fan_shapes,
    plan_shapes,
    review_shapes,
    service_shapes,
    shapes,
)
from quanzi.platform.scopes import SCOPES

WORDS = """What the site does for people, it does for their programs.

Every request carries a key of the member in whose name it acts, made under *Settings → Open platform*:
`Authorization: Bearer quanzi_…`; or, for an app that others may let act for them, a token by OAuth 2
(`Bearer qzo_…`, see `/.well-known/oauth-authorization-server`). Lists are paged by key: follow the `next` of the `Link` header.
A request with an `Idempotency-Key` may be sent again. Refusals are problem documents (RFC 9457).
"""

# Where the shapes stand, each under a name of its own.
ROOMS = (shapes, desk_shapes, fan_shapes, plan_shapes, review_shapes, service_shapes)

_CAN = {scope: str(words) for scope, words in SCOPES.items()}
OAUTH = SecurityScheme(
    type="oauth2",
    description="An app, for a member who allowed it (code with PKCE), or for who made it.",
    flows=OAuthFlows(
        authorization_code=OAuthFlow(
            authorization_url="/oauth/authorize",
            token_url="/oauth/token",  # noqa: S106 - an address
            refresh_url="/oauth/token",
            scopes=_CAN,
        ),
        client_credentials=OAuthFlow(token_url="/oauth/token", scopes=_CAN),  # noqa: S106
    ),
)

CONFIG = OpenAPIConfig(
    title="Quanzi",
    version="1",
    description=WORDS,
    security=[{"key": []}],
    components=Components(
        security_schemes={
            "key": SecurityScheme(type="http", scheme="bearer", description="A key."),
            "oauth": OAUTH,
        }
    ),
)


@cache
def description(api: Router) -> bytes:
    """Of these routes alone: what people's pages are made of is nobody's promise."""
    schema = Litestar(route_handlers=[api], openapi_config=CONFIG).openapi_schema.to_schema()
    shapes_of = schema["components"]["schemas"]
    for name, shape in shapes_of.items():
        kind = next(getattr(room, name) for room in ROOMS if hasattr(room, name))
        if kind.__struct_config__.forbid_unknown_fields:
            shape["additionalProperties"] = False
    shapes_of["NewImage"]["properties"]["data"] |= {"pattern": shapes.BASE64, "minLength": 4}
    shapes_of["NewService"]["properties"]["picture"] |= {"pattern": shapes.BASE64, "default": ""}
    scopes = _scopes(api)
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            operation["security"] = [{"key": []}, {"oauth": [scopes[method, path]]}]
            _name_fields(operation, shapes_of)
            # Nothing is nothing, not a document.
            operation["responses"].get("204", {}).pop("content", None)
    return json.dumps(schema, ensure_ascii=False).encode()


def _scopes(api: Router) -> dict[tuple[str, str], str]:
    """By method and path: what its door asks for."""
    return {
        (method.lower(), route.path_format): handler.opt["scope"]
        for route in api.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if "scope" in handler.opt
    }


def _name_fields(operation: dict[str, Any], shapes_of: dict[str, Any]) -> None:
    """`fields` takes the names of what the answer holds, and all of them may be left out by it."""
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "fields":
            told = operation["responses"]["200"]["content"]["application/json"]["schema"]
            ref = told.get("items", told)["$ref"]
            shape = shapes_of[ref.rpartition("/")[2]]
            one = f"({'|'.join(shape['properties'])})"
            parameter["schema"]["pattern"] = f"^({one}(,{one})*)?$"
            shape.pop("required", None)
