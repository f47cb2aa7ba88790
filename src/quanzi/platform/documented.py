"""What the description of the interface says of each kind of route, beside its own shapes."""

from typing import Any

from litestar.openapi.datastructures import ResponseSpec

from quanzi.platform.shapes import Problem

_WHY = {
    400: "Not a document, or a query that is none",
    401: "No key, or none that opens anything",
    403: "The key lacks the scope, or the person may not",
    404: "Not there, or not for this person",
    409: "It would contradict what there is",
    412: "It has changed since",
    413: "Too large",
    422: "A field needs another value",
    428: "If-Match is missing",
    429: "Too fast; see Retry-After",
    503: "Away for a moment",
}


def _problems(*status: int) -> dict[int, ResponseSpec]:
    return {
        each: ResponseSpec(
            data_container=Problem,
            description=_WHY[each],
            media_type="application/problem+json",
            generate_examples=False,
        )
        for each in status
    }


_ALWAYS = (400, 401, 403, 404, 422, 429, 503)

READ: dict[str, Any] = {"responses": _problems(*_ALWAYS)}
DEED: dict[str, Any] = {"responses": _problems(*_ALWAYS, 409), "status_code": 204}
WRITE: dict[str, Any] = {"responses": _problems(*_ALWAYS, 409, 413)}
CHANGE: dict[str, Any] = {"responses": _problems(*_ALWAYS, 409, 412, 413, 428)}
