"""oEmbed 1.0: what another site is to show of an address of ours. It learns what a visitor sees."""

import re
from html import escape
from typing import Any
from urllib.parse import urlsplit

from quanzi.errors import NotFound
from quanzi.platform.embedding import place_of, published

WIDTH, HEIGHT, POST_HEIGHT, LEAST = 480, 560, 320, 200
TITLE_LONGEST = 60
_OURS = re.compile(r"^/c/([a-z0-9-]{3,50})(?:/p/(\d{1,18}))?/?$")


async def described(
    origin: str, address: str, width: int | None, height: int | None
) -> dict[str, Any]:
    """The document. Raises NotFound for what is no circle or post of ours, or not for visitors."""
    circle, post_id = _named(origin, address)
    place = await place_of(circle)
    path = f"/c/{circle}" + (f"/p/{post_id}" if post_id else "")
    title, author = place.circle.name, {}
    if post_id:
        post = await published(place, post_id)
        title = post.body.partition("\n")[0][:TITLE_LONGEST] or place.circle.name
        author = {"author_name": post.author, "author_url": f"{origin}/m/{post.handle}"}
    wide = _within(width, WIDTH)
    high = _within(height, POST_HEIGHT if post_id else HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": place.circle.partner_name,
        "provider_url": origin,
        "title": title,
        **author,
        "cache_age": 3600,
        "width": wide,
        "height": high,
        "html": f'<iframe src="{origin}/embed{path}" width="{wide}" height="{high}" '
        f'title="{escape(title)}" loading="lazy" frameborder="0" '
        'sandbox="allow-scripts allow-same-origin allow-popups"></iframe>',
    }


def _named(origin: str, address: str) -> tuple[str, int]:
    """Circle and post, or 0: of an address on this site, whole or its path alone."""
    parts = urlsplit(address)
    if parts.netloc and f"{parts.scheme}://{parts.netloc}" != origin:
        raise NotFound
    found = _OURS.fullmatch(parts.path)
    if found is None:
        raise NotFound
    return found[1], int(found[2] or 0)


def _within(asked: int | None, usual: int) -> int:
    return usual if asked is None else max(LEAST, min(asked, usual))
