"""Somebody pastes a page's address into another server's search: it asks there for a document."""

import re
from typing import Any

from litestar.connection import ASGIConnection

from quanzi.errors import Elsewhere
from quanzi.federation import ours
from quanzi.federation.elsewhere import SERVED_AS

PAGES = re.compile(r"/c/[^/]+(?:/p/\d+)?")


def not_for_a_document(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Where the site takes part. Raises Elsewhere: the document says itself whether there is one. No
    browser asks for such a kind.
    """
    if not ours.federates():
        return
    accept, path = connection.headers.get("accept", ""), connection.scope["path"]
    if any(kind in accept for kind in SERVED_AS) and PAGES.fullmatch(path):
        raise Elsewhere(f"/ap{path}")
