"""Going to see where a link leads."""

from quanzi.links import reading
from quanzi.links.reading import Head
from quanzi.media import Picture, Unreadable, take
from quanzi.media.incoming import discard, store
from quanzi.outbound.getting import fetch
from quanzi.outbound.posting import NotReached, Outbound
from quanzi.settings import settings

PAGES = ("text/html", "application/xhtml+xml")
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
# Smaller is a sign, and no picture.
LEAST = 120


async def visit(outbound: Outbound, address: str) -> tuple[Head, Picture | None] | None:
    """What the page says, with its picture in our store; None for what is no page with a title."""
    try:
        found = await fetch(outbound, address, PAGES, agent=agent())
    except NotReached:
        return None
    head = reading.read(found)
    if not head.title:
        return None
    return head, await _picture(outbound, head.picture) if head.picture else None


def agent() -> str:
    """Who we are, and where to ask about us."""
    return f"QuanziLinkPreview/1.0 (+{settings().url or 'https://quanzi.invalid'})"


async def _picture(outbound: Outbound, address: str) -> Picture | None:
    try:
        found = await fetch(outbound, address, PICTURES, agent=agent())
        if found.cut:
            return None
        picture = await take(found.body, store())
    except (NotReached, Unreadable):
        return None
    if min(picture.width, picture.height) < LEAST:
        await discard(picture.name)
        return None
    return picture
