"""A post's one drawing per version and language, kept in this process.

Its figures change with every like, so they are not in the drawing: it is kept in pieces, and the
figures are set between them.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence

from quanzi.posts import reading
from quanzi.posts.feed import Entry
from quanzi.posts.reading import Post
from quanzi.web.i18n import counted
from quanzi.web.templates import render

MOST_KEPT = 20_000
# Its author may call themselves otherwise by now, which is no new version of the post.
OLDEST = 60.0
# Where a figure stands in a drawing. Nobody can type it, since nobody knows it.
HERE = f"figure-{secrets.token_hex(8)}"

Key = tuple[int, int, int, str]
Pieces = tuple[str, ...]
_kept: OrderedDict[Key, tuple[float, Pieces]] = OrderedDict()


async def drawings(circle_id: int, entries: Sequence[Entry], language: str) -> dict[int, str]:
    """HTML by post id. A post that went since it was listed is left out."""
    return await drawings_of([(circle_id, entry) for entry in entries], language)


async def drawings_of(entries: Sequence[tuple[int, Entry]], language: str) -> dict[int, str]:
    """The same for posts of many circles; what is not kept is read in one query."""
    found = {e.id: _kept_of((circle_id, e.id, e.version, language)) for circle_id, e in entries}
    missing = [(circle_id, e.id) for circle_id, e in entries if found[e.id] is None]
    if missing:
        posts = await reading.these(missing)
        for _, post_id in missing:
            found[post_id] = _pieces(posts[post_id], language) if post_id in posts else None
    return {
        entry.id: _with_figures(pieces, entry.comments, entry.likes, language)
        for _, entry in entries
        if (pieces := found[entry.id]) is not None
    }


def draw(post: Post, language: str) -> str:
    return _with_figures(_pieces(post, language), post.comments, post.likes, language)


def _with_figures(pieces: Pieces, comments: int, likes: int, language: str) -> str:
    head, between, tail = pieces
    return "".join((head, shown(comments, language), between, shown(likes, language), tail))


def shown(number: int, language: str) -> str:
    """Nothing instead of 0: a sign without a figure beside it."""
    return counted(number, language) if number > 0 else ""


def _pieces(post: Post, language: str) -> Pieces:
    key = (post.circle_id, post.id, post.version, language)
    pieces = _kept_of(key)
    if pieces is None:
        html = render("posts/_post.html", language, post=post, figure=HERE)
        pieces = tuple(html.split(HERE))
        _keep(key, pieces)
    return pieces


def _kept_of(key: Key) -> Pieces | None:
    drawn_at, pieces = _kept.get(key, (0.0, None))
    return pieces if pieces and time.monotonic() - drawn_at < OLDEST else None


def _keep(key: Key, pieces: Pieces) -> None:
    _kept[key] = time.monotonic(), pieces
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
