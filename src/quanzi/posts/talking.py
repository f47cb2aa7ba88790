"""What comments show on open pages: drawn once per version and language, for the post's own page."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from quanzi.live.log import NOTHING, Drawn, Logged, PerLanguage
from quanzi.posts import comments
from quanzi.posts.comments import Comment
from quanzi.web.templates import render

OPS = ("comment.published", "comment.edited", "comment.removed", "comment.restored")
GONE = dict.fromkeys(OPS, "comment.removed")
# It was removed once, and is back.
BACK = {"comment.removed": "comment.restored"}
MOST_KEPT = 20_000

Key = tuple[int, int, int, str, str, str | None]
_kept: OrderedDict[Key, str] = OrderedDict()


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    """Each as it is now. What is gone, but has replies under it, is a stone."""
    found = await comments.standing(circle_id, {event.subject_id for event in events})
    return [_drawn(event, found.get(event.subject_id)) for event in events]


def draw(comment: Comment, language: str) -> str:
    # Who wrote it may call themselves otherwise by now, which is no new version of it.
    names = comment.author, comment.to_author
    key = (comment.circle_id, comment.id, comment.version, language, *names)
    html = _kept.get(key)
    if html is None:
        html = _kept[key] = render("posts/_comment.html", language, comment=comment)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return html


def _drawn(event: Logged, comment: Comment | None) -> Drawn:
    if comment is None:
        return Drawn(str(event.subject_id), event.version, NOTHING, instead=GONE)
    return Drawn(
        str(comment.id),
        comment.version,
        PerLanguage(partial(draw, comment)),
        instead=BACK if comment.state == "published" else GONE,
        within=comment.post_id,
    )
