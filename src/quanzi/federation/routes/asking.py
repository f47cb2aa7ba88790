"""Somebody pastes a page's address into another server's search: it asks there for a document."""

import re
from typing import Any

from litestar.connection import ASGIConnection

from quanzi.errors import Elsewhere
from quanzi.federation import ours
from quanzi.federation.signatures import KIND

# What a document may be asked for as (ActivityPub 3.2); no browser does.
KINDS = (KIND, "application/ld+json")
PAGES = re.compile(r"/c/[^/]+(?:/p/\d+)?")


def not_for_a_document(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Where the site takes part. Raises Elsewhere: the document says itself whether there is one."""
    accept = connection.headers.get("accept", "")
    if any(kind in accept for kind in KINDS) and ours.federates():
        path = connection.scope["path"]
        if PAGES.fullmatch(path):
            raise Elsewhere(f"/ap{path}")
