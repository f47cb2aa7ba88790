"""CSS, scripts and pictures of the site itself: read once, named by content, kept for ever.

The address holds a hash of the file, so a changed file is another address.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from quanzi.errors import NotFound
from quanzi.settings import ROOT

FOLDER = ROOT / "assets"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    digest: str
    media_type: str


@cache
def all_assets() -> dict[str, Asset]:
    """Only what stands here at the start can be asked for: no path ever reaches the disk."""
    found: dict[str, Asset] = {}
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file() and file.suffix in TYPES:
            body = file.read_bytes()
            digest = hashlib.sha256(body).hexdigest()[:12]
            found[file.relative_to(FOLDER).as_posix()] = Asset(body, digest, TYPES[file.suffix])
    return found


def asset(path: str) -> str:
    """The address of one, for templates."""
    return f"/assets/{all_assets()[path].digest}/{path}"


def stylesheets() -> list[str]:
    """Every sheet, in the order of their paths; `0-layers.css` comes first and says what wins."""
    return [path for path in all_assets() if path.startswith("css/")]


@get(
    "/assets/{digest:str}/{path:path}",
    opt={"open": "the site's own CSS and scripts are the same for everyone"},
)
async def show_asset(digest: FromPath[str], path: FromPath[str]) -> Response[Any]:
    found = all_assets().get(str(path).lstrip("/"))
    if found is None:
        raise NotFound
    fresh = digest == found.digest
    return Response(
        found.body,
        media_type=found.media_type,
        headers={
            "cache-control": "public, max-age=31536000, immutable" if fresh else "no-cache",
            "etag": f'"{found.digest}"',
        },
    )
