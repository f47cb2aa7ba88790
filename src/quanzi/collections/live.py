"""What a collection shows on its own open pages: the whole of it, with its version."""

from collections.abc import Sequence
from functools import partial

from quanzi.collections import reading
from quanzi.collections.reading import Collection
from quanzi.live.log import NOTHING, Drawn, Logged, PerLanguage
from quanzi.posts import drawing
from quanzi.posts import reading as posts
from quanzi.posts.reading import Post
from quanzi.web.templates import render

OPS = ("collection.changed",)
GONE = dict.fromkeys(OPS, "collection.removed")
# A larger one its pages fetch for themselves: what waits for a page on a narrow line is bounded.
PUSHED_MOST = 64 * 1024


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    """Each as it is now. Of a draft, or what has been deleted, only that it is gone."""
    now: dict[int, Drawn] = {}
    for event in events:
        if event.subject_id not in now:
            now[event.subject_id] = await _drawn(circle_id, event)
    return [now[event.subject_id] for event in events]


async def _drawn(circle_id: int, event: Logged) -> Drawn:
    found = await reading.whole(circle_id, event.subject_id)
    number = str(event.subject_id)
    if found is None or found.state != "published":
        return Drawn(number, event.version, NOTHING, instead=GONE)
    standing = await posts.some(circle_id, [item.post_id for item in found.items])
    return Drawn(
        number,
        found.version,
        PerLanguage(partial(_pushed, found, standing)),
        shows=frozenset(f"post:{item.post_id}" for item in found.items),
        collection=found.id,
    )


def _pushed(found: Collection, standing: dict[int, Post], language: str) -> str:
    drawn = {number: drawing.draw(post, language) for number, post in standing.items()}
    html = draw(found, drawn, language)
    return html if len(html.encode()) <= PUSHED_MOST else ""


def draw(found: Collection, html: dict[int, str], language: str) -> str:
    """`html`: the posts' own drawings. A post that went since it was listed is left out."""
    sections = [
        (
            section.title,
            [(item, html[item.post_id]) for item in section.items if item.post_id in html],
        )
        for section in found.sections
    ]
    return render("collections/_collection.html", language, collection=found, sections=sections)
