"""A circle's newest posts for readers of feeds: Atom (RFC 4287) and JSON Feed 1.1."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from markupsafe import escape

from quanzi.circles.access import Shown
from quanzi.posts import feed, prose, reading
from quanzi.posts.feed import PAGE
from quanzi.posts.reading import Post

ATOM = "http://www.w3.org/2005/Atom"
TITLE_LONGEST = 60
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

ET.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Feed:
    """`origin`: of the site, without which no address is one."""

    origin: str
    circle: Shown
    posts: Sequence[Post]

    @property
    def page(self) -> str:
        return f"{self.origin}/c/{self.circle.slug}"

    @property
    def changed_at(self) -> datetime:
        return max((_changed_at(post) for post in self.posts), default=self.circle.created_at)


async def of(origin: str, circle: Shown) -> Feed:
    """What any visitor sees."""
    newest = await feed.before(circle.id, 2**62, size=PAGE)
    found = await reading.some(circle.id, [entry.id for entry in newest.entries])
    return Feed(origin, circle, [found[each.id] for each in newest.entries if each.id in found])


def atom(made: Feed) -> bytes:
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, "id", made.page)
    _add(root, "title", made.circle.name)
    _add(root, "subtitle", made.circle.intro)
    _add(root, "updated", made.changed_at.isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{made.page}/feed.atom")
    _add(root, "link", rel="alternate", type="text/html", href=made.page)
    for post in made.posts:
        entry = _add(root, "entry")
        address = f"{made.page}/p/{post.id}"
        _add(entry, "id", address)
        _add(entry, "title", title(post))
        _add(entry, "link", rel="alternate", type="text/html", href=address)
        _add(entry, "published", (post.published_at or _NEVER).isoformat())
        _add(entry, "updated", _changed_at(post).isoformat())
        author = _add(entry, "author")
        _add(author, "name", post.author)
        _add(author, "uri", f"{made.origin}/m/{post.handle}")
        for topic in post.topics:
            _add(entry, "category", term=topic)
        _add(entry, "content", html(made.origin, post), type="html")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(made: Feed) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": made.circle.name,
        "description": made.circle.intro,
        "home_page_url": made.page,
        "feed_url": f"{made.page}/feed.json",
        "items": [
            {
                "id": f"{made.page}/p/{post.id}",
                "url": f"{made.page}/p/{post.id}",
                "title": title(post),
                "content_html": html(made.origin, post),
                "date_published": (post.published_at or _NEVER).isoformat(),
                "date_modified": _changed_at(post).isoformat(),
                "authors": [{"name": post.author, "url": f"{made.origin}/m/{post.handle}"}],
                "tags": list(post.topics),
            }
            for post in made.posts
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def title(post: Post) -> str:
    """Its first line: a post has no title of its own."""
    line = post.body.strip().split("\n", 1)[0]
    return line if len(line) <= TITLE_LONGEST else line[: TITLE_LONGEST - 1] + "…"


def html(origin: str, post: Post) -> str:
    """As its page shows it, with addresses that hold anywhere."""
    words = str(prose.prose(post.body, post.slug, post.mentions))
    words = words.replace('href="/', f'href="{origin}/')
    pictures = "".join(
        f'<p><img src="{escape(origin + each.src(post.slug, "m"))}" alt="{escape(each.alt)}"></p>'
        for each in post.pictures
    )
    return words + pictures


def _changed_at(post: Post) -> datetime:
    return post.edited_at or post.published_at or _NEVER


def _add(parent: ET.Element, name: str, text: str = "", **given: str) -> ET.Element:
    made = ET.SubElement(
        parent,
        f"{{{ATOM}}}{name}",
        {key: _NO_XML.sub("", value) for key, value in given.items()},
    )
    if text:
        made.text = _NO_XML.sub("", text)
    return made
