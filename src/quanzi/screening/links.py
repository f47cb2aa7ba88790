"""Links, and what is known of where they lead."""

import re
from collections.abc import Iterator, Mapping

from quanzi.screening.finding import Finding
from quanzi.screening.normalising import Normal
from quanzi.screening.words import Word

UNKNOWN = 0.15

# The dot is also written 。 or 点; the last part is one that links have.
_LAST = (
    "com|cn|net|org|top|xyz|vip|club|shop|site|online|icu|cc|me|info|app|io|live|pro|win|bet|fun|work"
    "|link|buzz|tv|xxx|porn|casino|cyou|sbs|ink|wang|ltd|group|store|tech|co|la|pw|ws|tk|ml|ga|cf|gq"
    "|im|ly|gl|gd|to|su|ru|biz|mobi|asia|loan|poker|game|games|date|life|world|red|ren|lol"
)
_LINK = re.compile(
    r"(?<![a-z0-9@.-])(?:https?:/{0,2})?[a-z0-9-]{1,63}(?: ?[.。·点] ?[a-z0-9-]{1,63}){0,4}"
    rf" ?[.。·点] ?(?:{_LAST})(?![a-z0-9-])(?:[:/?#][!-~]{{0,300}})?"
)
_SCHEME = re.compile(r"https?:/{0,2}")
_DOTS = re.compile(r" ?[.。·点] ?")


def links(normal: Normal, text: str, hosts: Mapping[str, Word]) -> Iterator[Finding]:
    for found in _LINK.finditer(text):
        host = _DOTS.sub(".", re.split(r"[/?#:]", _SCHEME.sub("", found[0]), maxsplit=1)[0])
        if host.replace(".", "").isdigit():
            continue
        known = next((hosts[each] for each in _suffixes(host) if each in hosts), None)
        category, score, rule = (
            (known.category, known.weight, "host") if known else ("advertising", UNKNOWN, "link")
        )
        if score:
            yield Finding(category, score, *normal.span(*found.span()), rule)


def _suffixes(host: str) -> Iterator[str]:
    """a.b.com, b.com, com: what is said of the longest counts."""
    parts = host.split(".")
    for place in range(len(parts)):
        yield ".".join(parts[place:])
