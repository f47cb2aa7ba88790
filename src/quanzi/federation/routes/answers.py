"""Documents as other servers are given them."""

import msgspec
from litestar import Response

from quanzi.federation.documents import Document, whole
from quanzi.federation.signatures import KIND

OPEN = {"open": "other servers have no session; they get what visitors read"}
# Each time it is asked whether it still holds: what was removed must be gone.
KEPT = {"cache-control": "private, no-cache"}


def document(told: Document, *, status: int = 200) -> Response[bytes]:
    body = msgspec.json.encode(whole(told))
    return Response(body, media_type=KIND, status_code=status, headers=KEPT)


def plain(told: Document, kind: str) -> Response[bytes]:
    """One that is read by other than ActivityPub; by scripts of any page, too."""
    return Response(
        msgspec.json.encode(told),
        media_type=kind,
        headers={**KEPT, "access-control-allow-origin": "*"},
    )
