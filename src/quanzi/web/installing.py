"""The site as an app: what a device is told to install, and the page for when there is no net.

Deep links need nothing: every page has its address, and an installed app opens it where it stands.
"""

from typing import Any

from litestar import MediaType, Request, Response, get

from quanzi.errors import said
from quanzi.web import i18n
from quanzi.web.assets import asset
from quanzi.web.templates import render

type_of_request = Request[Any, Any, Any]

NAME = said("圈子")
WHAT_FOR = said("因兴趣相聚")
# As the top of a page in light; `layout.html` names both.
GROUND = "#f7f6f2"
ICONS = (
    ("images/icon-192.png", "192x192", "any"),
    ("images/icon-512.png", "512x512", "any"),
    ("images/icon-maskable-512.png", "512x512", "maskable"),
)
SHORTCUTS = (
    (said("发现圈子"), "/discover"),
    (said("通知"), "/me/notices"),
    (said("我的圈子"), "/me/circles"),
)


@get("/app.webmanifest", opt={"open": "a device reads it to install the site, for whomever"})
async def show_manifest(request: type_of_request) -> Response[dict[str, Any]]:
    language = i18n.language_of(request)
    name = i18n.spoken(NAME, language)
    return Response(
        {
            "id": "/",
            "name": name,
            "short_name": name,
            "description": i18n.spoken(WHAT_FOR, language),
            "lang": language,
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": GROUND,
            "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
            "icons": [
                {"src": asset(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for path, sizes, purpose in ICONS
            ],
            "shortcuts": [
                {"name": i18n.spoken(words, language), "url": path} for words, path in SHORTCUTS
            ],
        },
        media_type="application/manifest+json",
    )


@get("/offline", opt={"open": "the worker keeps it for when there is no net; it is nobody's page"})
async def show_offline(request: type_of_request) -> Response[bytes]:
    html = render("web/offline.html", i18n.language_of(request))
    return Response(html.encode(), media_type=MediaType.HTML)
