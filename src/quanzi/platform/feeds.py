"""A circle's newest posts for readers of feeds: Atom (RFC 4287) and JSON Feed 1.1."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from quanzi.circles.access import Shown
from quanzi.posts import feed, prose, reading
from quanzi.posts.reading import Post
from quanzi.web.i18n import SOURCE
from quanzi.web.templates import render

TITLE_LONGEST = 60
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """`html`: as the post's page shows it, with addresses that hold anywhere."""

    address: str
    title: str
    html: str
    published_at: datetime
    changed_at: datetime
    author: str
    profile: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """`page`: the circle's address, with the site's."""

    page: str
    circle: Shown
    entries: tuple[Entry, ...]

    @property
    def changed_at(self) -> datetime:
        return max((each.changed_at for each in self.entries), default=self.circle.created_at)


async def of(origin: str, circle: Shown) -> Feed:
    """What any visitor sees."""
    newest = await feed.before(circle.id, 2**62)
    found = await reading.some(circle.id, [entry.id for entry in newest.entries])
    posts = [found[each.id] for each in newest.entries if each.id in found]
    return Feed(f"{origin}/c/{circle.slug}", circle, tuple(_entry(origin, post) for post in posts))


def atom(made: Feed) -> bytes:
    return render("platform/feed.xml", SOURCE, feed=made).strip().encode()


def json_feed(made: Feed) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": made.circle.name,
        "description": made.circle.intro,
        "home_page_url": made.page,
        "feed_url": f"{made.page}/feed.json",
        "items": [
            {
                "id": each.address,
                "url": each.address,
                "title": each.title,
                "content_html": each.html,
                "date_published": each.published_at.isoformat(),
                "date_modified": each.changed_at.isoformat(),
                "authors": [{"name": each.author, "url": each.profile}],
                "tags": list(each.topics),
            }
            for each in made.entries
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def xml(text: str) -> str:
    """Without the signs that no document of XML may hold; what is left is escaped by the template."""
    return _NO_XML.sub("", str(text))


def title(post: Post) -> str:
    """Its first line: a post has no title of its own."""
    line = post.body.strip().split("\n", 1)[0]
    return line if len(line) <= TITLE_LONGEST else line[: TITLE_LONGEST - 1] + "…"


def words(origin: str, post: Post) -> str:
    """Its text as HTML, with addresses that hold anywhere."""
    return str(prose.prose(post.body, post.slug, post.mentions)).replace(
        'href="/', f'href="{origin}/'
    )


def html(origin: str, post: Post) -> str:
    pictures = Markup("").join(
        Markup('<p><img src="{}" alt="{}"></p>').format(origin + each.src(post.slug, "m"), each.alt)
        for each in post.pictures
    )
    return words(origin, post) + str(pictures)


def _entry(origin: str, post: Post) -> Entry:
    published = post.published_at or NEVER
    return Entry(
        address=f"{origin}/c/{post.slug}/p/{post.id}",
        title=title(post),
        html=html(origin, post),
        published_at=published,
        changed_at=post.edited_at or published,
        author=post.author,
        profile=f"{origin}/m/{post.handle}",
        topics=post.topics,
    )
