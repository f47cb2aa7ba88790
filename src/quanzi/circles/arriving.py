"""From which kind of page somebody comes who follows a circle: a word of a short list, never an address.

The follow form carries it. On a post's page it is the post; on the circle's own it is what the
browser says of the page before, of which only the kind is kept.
"""

from urllib.parse import urlsplit

from quanzi.errors import Said, said

SOURCES: dict[str, Said] = {
    "home": said("首页"),
    "discover": said("发现"),
    "search": said("搜索"),
    "circle": said("圈子主页"),
    "post": said("帖子页"),
    "invitation": said("邀请链接"),
    "profile": said("用户或合作伙伴的主页"),
}


def known(source: str) -> str:
    """'' for what nobody of ours has written."""
    return source if source in SOURCES else ""


def source(path: str, referer: str, host: str) -> str:
    """Of a form on the page `path`, to which `referer` has led."""
    if "/p/" in path:
        return "post"
    try:
        before = urlsplit(referer)
    except ValueError:  # a header can say anything
        return "circle"
    if before.netloc == host and before.path != path:
        return _of_page(before.path, before.query)
    return "circle"


def _of_page(path: str, query: str) -> str:
    first = path.strip("/").partition("/")[0]
    if first == "discover":
        return "search" if "q=" in query else "discover"
    kinds = {
        "": "home",
        "join": "invitation",
        "m": "profile",
        "partners": "profile",
        "people": "profile",
    }
    return kinds.get(first, "post" if "/p/" in path else "circle")
