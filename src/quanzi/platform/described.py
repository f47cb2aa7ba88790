"""The interface's own description: OpenAPI 3.1, made from the routes and their shapes."""

import json
from functools import cache

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

WORDS = """What the site does for people, it does for their programs.

Every request carries a key of the member in whose name it acts, made under *Settings → Open platform*:
`Authorization: Bearer quanzi_…`. Lists are paged by key: follow the `next` of the `Link` header.
A request with an `Idempotency-Key` may be sent again. Refusals are problem documents (RFC 9457).
"""

CONFIG = OpenAPIConfig(
    title="Quanzi",
    version="1",
    description=WORDS,
    security=[{"key": []}],
    components=Components(
        security_schemes={"key": SecurityScheme(type="http", scheme="bearer", description="A key.")}
    ),
)


@cache
def description(api: Router) -> bytes:
    """Of these routes alone: what people's pages are made of is nobody's promise."""
    schema = Litestar(route_handlers=[api], openapi_config=CONFIG).openapi_schema.to_schema()
    return json.dumps(schema, ensure_ascii=False).encode()
