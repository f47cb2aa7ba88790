"""Other people's HTML, read in one pass whatever it looks like, and never shown as HTML.

The library's parser takes the square of the length for what is made to hurt it (two minutes for 64 KB),
so it only ever sees one tag, or a text without any.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

LONGEST_TAG = 4096
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
# What is quoted in one may hold any sign. A page has a few dozen of them.
_META = re.compile(r"""<meta(?:[^"'>]|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
MOST_META = 200
# No sign has a number so long, and Python refuses to read one of thousands of digits.
_NO_SIGN = re.compile(r"&#(?=[0-9]{20})")
# What stands in these is nothing that people read.
_CLOSES = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "template", "noscript", "textarea", "svg", "iframe")
}


def pieces(html: str) -> Iterator[tuple[str, str, str]]:
    """The text before each tag, the tag's name (`/p` when it closes), and the tag itself; at the end
    the rest. Comments are left out, and what scripts and styles hold.
    """
    at = metas = 0
    while True:
        opens = html.find("<", at)
        if opens < 0:
            yield html[at:], "", ""
            return
        text = html[at:opens]
        if html.startswith("<!--", opens):
            closes = html.find("-->", opens + 4)
            yield text, "", ""
            at = closes + 3 if closes >= 0 else len(html)
            continue
        named = _NAME.match(html, opens)
        if named is None and not html.startswith(("<!", "</", "<?"), opens):
            # A sign of its own: 3 < 5.
            yield text + "<", "", ""
            at = opens + 1
            continue
        name = named[1] + named[2].lower() if named else ""
        metas += name == "meta"
        quoted = None
        if name == "meta" and metas <= MOST_META:
            quoted = _META.match(html, opens, opens + LONGEST_TAG)
        closes = quoted.end() - 1 if quoted else html.find(">", opens)
        if closes < 0:
            yield text, "", ""
            return
        at = closes + 1
        yield text, name, html[opens:at]
        if name in _CLOSES:
            end = _CLOSES[name].search(html, at)
            if end is None:
                return
            at = end.start()


def attributes(tag: str) -> dict[str, str]:
    """Of one tag, by lower-case names; of one that is too long, none."""
    if len(tag) > LONGEST_TAG or ("<" in tag[1:] and not _META.fullmatch(tag)):
        return {}
    reader = _Attributes()
    reader.feed(tag)
    return reader.found


def spelled_out(text: str) -> str:
    """`&amp;` and its like as what they stand for."""
    if "&" not in text:
        return text
    reader = _Words()
    # No tag is left in it; what looks like one was a sign.
    reader.feed(_NO_SIGN.sub("# ", text).replace("<", "\ufffc"))
    reader.close()
    return "".join(reader.found).replace("\ufffc", "<")


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.found.setdefault(name.lower(), value or "")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)
