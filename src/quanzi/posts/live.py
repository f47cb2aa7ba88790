"""What posts show on open pages."""

from collections.abc import Sequence
from functools import partial

from quanzi.live.log import NOTHING, Drawn, Logged, PerLanguage
from quanzi.posts import drawing, reading
from quanzi.posts.reading import Post

OPS = ("post.published", "post.edited", "post.removed")


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    """Each post as it is now: who was away is never shown what has been changed or removed."""
    posts = await reading.some(circle_id, {event.subject_id for event in events})
    figures = await drawing.figures(circle_id, posts)
    drawn: list[Drawn] = []
    for event in events:
        post = posts.get(event.subject_id)
        if post is None:
            gone = Drawn(str(event.subject_id), event.version, NOTHING, instead="post.removed")
            drawn.append(gone)
        else:
            content = PerLanguage(partial(_draw, post, figures[post.id]))
            drawn.append(Drawn(str(post.id), post.version, content))
    return drawn


def _draw(post: Post, figures: tuple[int, int], language: str) -> str:
    return drawing.draw(post, language, *figures)
