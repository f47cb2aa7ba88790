"""The interface's own description: OpenAPI 3.1, made from the routes and their shapes."""

import json
from functools import cache
from typing import Any

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from quanzi.platform import desk_shapes, shapes

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

SHAPES: dict[str, Any] = {**vars(shapes), **vars(desk_shapes)}


@cache
def description(api: Router) -> bytes:
    """Of these routes alone: what people's pages are made of is nobody's promise."""
    schema = Litestar(route_handlers=[api], openapi_config=CONFIG).openapi_schema.to_schema()
    shapes_of = schema["components"]["schemas"]
    for name, shape in shapes_of.items():
        if SHAPES[name].__struct_config__.forbid_unknown_fields:
            shape["additionalProperties"] = False
    shapes_of["NewImage"]["properties"]["data"] |= {"pattern": shapes.BASE64, "minLength": 4}
    for item in schema["paths"].values():
        for operation in item.values():
            _name_fields(operation, shapes_of)
            # Nothing is nothing, not a document.
            operation["responses"].get("204", {}).pop("content", None)
    return json.dumps(schema, ensure_ascii=False).encode()


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
