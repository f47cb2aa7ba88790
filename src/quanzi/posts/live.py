"""What posts show on open pages."""

from collections.abc import Sequence
from functools import partial

from quanzi.live.log import NOTHING, Drawn, Logged, PerLanguage
from quanzi.posts import reading
from quanzi.posts.drawing import draw

OPS = ("post.published", "post.edited", "post.removed", "post.restored", "digest.changed")
GONE = dict.fromkeys(OPS, "post.removed")
# It was removed once, and is back.
BACK = {"post.removed": "post.restored"}


async def drawer(circle_id: int, events: Sequence[Logged]) -> list[Drawn]:
    """Each post as it is now: who was away is never shown what has been changed or removed."""
    posts = await reading.some(circle_id, {event.subject_id for event in events})
    drawn: list[Drawn] = []
    for event in events:
        post = posts.get(event.subject_id)
        if post is None:
            drawn.append(Drawn(str(event.subject_id), event.version, NOTHING, instead=GONE))
        else:
            content = PerLanguage(partial(draw, post))
            drawn.append(Drawn(str(post.id), post.version, content, instead=BACK))
    return drawn
