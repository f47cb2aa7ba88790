"""A post's one drawing per version and language, kept in this process."""

from collections import OrderedDict
from collections.abc import Sequence

from quanzi.posts import reading
from quanzi.posts.feed import Entry
from quanzi.posts.reading import Post
from quanzi.web.templates import render

MOST_KEPT = 20_000

Key = tuple[int, int, int, str]
_kept: OrderedDict[Key, str] = OrderedDict()


async def drawings(circle_id: int, entries: Sequence[Entry], language: str) -> dict[int, str]:
    """HTML by post id. A post that went since it was listed is left out."""
    found = {e.id: _kept.get((circle_id, e.id, e.version, language)) for e in entries}
    missing = [post_id for post_id, html in found.items() if html is None]
    if missing:
        posts = await reading.some(circle_id, missing)
        for post_id in missing:
            post = posts.get(post_id)
            found[post_id] = draw(post, language) if post else None
    return {post_id: html for post_id, html in found.items() if html is not None}


def draw(post: Post, language: str) -> str:
    key = (post.circle_id, post.id, post.version, language)
    html = _kept.get(key)
    if html is None:
        html = render("posts/_post.html", language, post=post)
        _keep(key, html)
    return html


def _keep(key: Key, html: str) -> None:
    _kept[key] = html
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
