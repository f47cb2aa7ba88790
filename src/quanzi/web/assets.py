"""CSS, scripts and pictures of the site itself: read once, named by content, kept for ever.

The address holds a hash of the file, so a changed file is another address.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from posixpath import normpath
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from quanzi.errors import NotFound
from quanzi.settings import ROOT
from quanzi.web import packing

FOLDER = ROOT / "assets"
# All sheets in one: the files are for who writes them, one request is for who reads.
STYLES = "quanzi.css"
EVERY_PAGES = "js/quanzi.js"
IMPORTS = re.compile(rb'^import (?:[^"()]+ from )?"([^"]+)";', re.MULTILINE)
# For the gallery of components: one look, whatever the device likes.
THEMES = {"light": b"(max-width: 0)", "dark": b"(min-width: 0)"}
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
    packed: bytes


# Opened by itself it does nothing; short, since a page fetches thirty of these.
ALONE = "default-src 'none'; sandbox"


@cache
def all_assets() -> dict[str, Asset]:
    """Only what stands here at the start can be asked for: no path ever reaches the disk."""
    files = {
        file.relative_to(FOLDER).as_posix(): file.read_bytes()
        for file in sorted(FOLDER.rglob("*"))
        if file.is_file() and file.suffix in TYPES
    }
    files[STYLES] = _one_sheet(files)
    for theme, holds in THEMES.items():
        files[f"quanzi-{theme}.css"] = _as_if(files[STYLES], theme, holds)
    # A module names its neighbours without a hash, so they all go by the hash of all.
    modules = _digest(b"".join(body for path, body in files.items() if path.startswith("js/")))
    return {
        path: Asset(
            body,
            modules if path.startswith("js/") else _digest(body),
            TYPES[PurePath(path).suffix],
            packing.file(body),
        )
        for path, body in files.items()
    }


def asset(path: str) -> str:
    """The address of one, for templates."""
    return f"/assets/{all_assets()[path].digest}/{path}"


def modules() -> list[str]:
    """Addresses of the modules every page runs: it asks for them at once, not one after another."""
    return [asset(path) for path in sorted(_imported_by(EVERY_PAGES, set()))]


def _imported_by(path: str, found: set[str]) -> set[str]:
    """Itself, and what it imports without a condition."""
    if path not in found:
        found.add(path)
        for name in IMPORTS.findall(all_assets()[path].body):
            _imported_by(normpath(f"{PurePath(path).parent}/{name.decode()}"), found)
    return found


def _one_sheet(files: dict[str, bytes]) -> bytes:
    """In the order of their paths; `0-layers.css` comes first and says what wins."""
    return b"\n".join(body for path, body in files.items() if path.startswith("css/"))


def _as_if(sheet: bytes, theme: str, holds: bytes) -> bytes:
    named = sheet.replace(b"color-scheme: light dark", f"color-scheme: {theme}".encode())
    return named.replace(b"(prefers-color-scheme: dark)", holds)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:12]


@get(
    "/assets/{digest:str}/{path:path}",
    opt={
        "open": "the site's own CSS and scripts are the same for everyone",
        "unfounded": True,
    },
)
async def show_asset(
    request: Request[Any, Any, Any], digest: FromPath[str], path: FromPath[str]
) -> Response[Any]:
    found = all_assets().get(str(path).lstrip("/"))
    if found is None:
        raise NotFound
    fresh = digest == found.digest
    packed = bool(found.packed) and packing.unpacks(request)
    return Response(
        found.packed if packed else found.body,
        media_type=found.media_type,
        headers={
            "cache-control": "public, max-age=31536000, immutable" if fresh else "no-store",
            "content-security-policy": ALONE,
            "vary": "Accept-Encoding",
            **({"content-encoding": "gzip"} if packed else {}),
        },
    )
