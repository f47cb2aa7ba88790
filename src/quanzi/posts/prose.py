"""Plain text to HTML: paragraphs, line ends, links, topics. Nothing typed is ever markup."""

import re
from collections.abc import Collection
from urllib.parse import quote

from linkify_it import LinkifyIt
from markupsafe import Markup, escape

from quanzi.posts.drafts import TOPIC
from quanzi.posts.naming import NAMED

# Only what starts with a scheme or www: "跑步.和" and file names must stay words.
_links = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
for _scheme in ("ftp:", "//", "mailto:"):
    _links.add(_scheme, None)

SHOWN_LONGEST = 48


def prose(text: str, slug: str, mentions: Collection[str] = ()) -> Markup:
    """`mentions`: the handles in it that are somebody's."""
    paragraphs = [part for part in re.split(r"\n{2,}", text) if part.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(
            Markup("<br>").join(_linked(line, slug, mentions) for line in part.split("\n"))
        )
        for part in paragraphs
    )


def has_link(text: str) -> bool:
    return bool(_links.test(text))


def first_link(text: str) -> str:
    """The address of the first link in it, or ''."""
    return next((match.url for match in _links.match(text) or []), "")


def _linked(line: str, slug: str, mentions: Collection[str]) -> Markup:
    out, last = Markup(""), 0
    for match in _links.match(line) or []:
        out += _topical(line[last : match.index], slug, mentions) + _link(match.url, match.text)
        last = match.last_index
    return out + _topical(line[last:], slug, mentions)


def _link(url: str, text: str) -> Markup:
    shown = text if len(text) <= SHOWN_LONGEST else text[: SHOWN_LONGEST - 1] + "…"
    return Markup(
        '<a href="{}" rel="nofollow ugc noopener noreferrer" target="_blank">{}</a>'
    ).format(url, shown)


def _topical(text: str, slug: str, mentions: Collection[str]) -> Markup:
    out, last = Markup(""), 0
    for match in TOPIC.finditer(text):
        out += _naming(text[last : match.start()], mentions) + topic_link(match[1], slug)
        last = match.end()
    return out + _naming(text[last:], mentions)


def _naming(text: str, mentions: Collection[str]) -> Markup:
    if not mentions:
        return escape(text)
    out, last = Markup(""), 0
    for match in NAMED.finditer(text):
        if match[1].lower() in mentions:
            out += escape(text[last : match.start()])
            out += Markup('<a class="mention" href="/m/{}">@{}</a>').format(
                match[1].lower(), match[1]
            )
            last = match.end()
    return out + escape(text[last:])


def topic_link(name: str, slug: str) -> Markup:
    return Markup('<a class="topic" href="/c/{}/topics/{}">#{}#</a>').format(
        slug, quote(name.strip(), safe=""), name.strip()
    )
