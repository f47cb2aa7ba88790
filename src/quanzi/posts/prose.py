"""Plain text to HTML: paragraphs, line ends, links, topics. Nothing typed is ever markup."""

import re
from urllib.parse import quote

from linkify_it import LinkifyIt
from markupsafe import Markup, escape

from quanzi.posts.drafts import TOPIC

# Only what starts with a scheme or www: "跑步.和" and file names must stay words.
_links = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
for _scheme in ("ftp:", "//", "mailto:"):
    _links.add(_scheme, None)

SHOWN_LONGEST = 48


def prose(text: str, slug: str) -> Markup:
    paragraphs = [part for part in re.split(r"\n{2,}", text) if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(_lines(part, slug)) for part in paragraphs)


def _lines(text: str, slug: str) -> Markup:
    return Markup("<br>").join(_linked(line, slug) for line in text.split("\n"))


def _linked(line: str, slug: str) -> Markup:
    out, last = Markup(""), 0
    for match in _links.match(line) or []:
        out += _topical(line[last : match.index], slug) + _link(match.url, match.text)
        last = match.last_index
    return out + _topical(line[last:], slug)


def _link(url: str, text: str) -> Markup:
    shown = text if len(text) <= SHOWN_LONGEST else text[: SHOWN_LONGEST - 1] + "…"
    return Markup(
        '<a href="{}" rel="nofollow ugc noopener noreferrer" target="_blank">{}</a>'
    ).format(url, shown)


def _topical(text: str, slug: str) -> Markup:
    out, last = Markup(""), 0
    for match in TOPIC.finditer(text):
        out += escape(text[last : match.start()]) + topic_link(match[1], slug)
        last = match.end()
    return out + escape(text[last:])


def topic_link(name: str, slug: str) -> Markup:
    return Markup('<a class="topic" href="/c/{}?topic={}">#{}#</a>').format(
        slug, quote(name.strip()), name.strip()
    )
