"""What a search engine is told to read: what every visitor may, and no more (sitemaps.org).

A map names the newest; what is older is found by the links from page to page, as people find it. So
a map costs the same however large a circle is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quanzi.circles.access import Shown
from quanzi.circles.readable import open_to_all
from quanzi.db.engine import rows
from quanzi.web.i18n import SOURCE
from quanzi.web.templates import render

CIRCLES, POSTS = 5_000, 1_000
# What is for one person, or for programs. What asks for a session first is not read anyway.
NOT_FOR_ENGINES = ("/api/", "/oauth/", "/join/", "/confirm/", "/unsubscribe/", "/embed/", "/oembed")
ALWAYS = ("/", "/discover", "/developers", "/transparency", "/terms", "/privacy")


@dataclass(frozen=True, slots=True)
class Place:
    """`changed_at`: None where nobody knows."""

    path: str
    changed_at: datetime | None = None


def robots(origin: str) -> bytes:
    closed = "".join(f"Disallow: {path}\n" for path in NOT_FOR_ENGINES)
    return f"User-agent: *\n{closed}\nSitemap: {origin}/sitemap.xml\n".encode()


async def of_site(origin: str) -> bytes:
    """The map of maps: the site's own pages, and a map for each circle that is open to all."""
    found = await rows(
        f"select c.slug from circle c where {open_to_all()} order by c.id limit {CIRCLES}"
    )
    maps = [Place("/sitemap-pages.xml"), *(Place(f"/c/{each[0]}/sitemap.xml") for each in found)]
    return _written(origin, "sitemapindex", "sitemap", maps)


def of_pages(origin: str) -> bytes:
    return _written(origin, "urlset", "url", [Place(path) for path in ALWAYS])


async def of_circle(origin: str, circle: Shown) -> bytes:
    """Its pages, and its newest posts."""
    found = await rows(
        f"""select id, coalesce(edited_at, published_at) from post
            where circle_id = $1 and state = 'published'
            order by published_at desc, id desc limit {POSTS}""",
        circle.id,
    )
    home = f"/c/{circle.slug}"
    places = [
        Place(home),
        *(Place(f"{home}/{each}") for each in ("about", "digest", "collections")),
    ]
    places += [Place(f"{home}/p/{post}", changed) for post, changed in found]
    return _written(origin, "urlset", "url", places)


def _written(origin: str, whole: str, part: str, places: Sequence[Place]) -> bytes:
    made = render(
        "platform/sitemap.xml", SOURCE, origin=origin, whole=whole, part=part, places=places
    )
    return made.strip().encode()
