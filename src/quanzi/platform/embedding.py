"""What stands in a frame on somebody else's site: a circle's newest posts or one post, as a visitor
reads them, whoever looks. Live like the page it is taken from.
"""

from dataclasses import dataclass

from quanzi.circles import access
from quanzi.circles.access import Place, Shown
from quanzi.curation import showing
from quanzi.errors import NotFound
from quanzi.posts import drawing, reading
from quanzi.posts.reading import Post

FEW, DEFAULT = 20, 5


@dataclass(frozen=True, slots=True)
class Embedded:
    """`seq`: the number up to which it is current. `post`: the one it is of, if it is of one."""

    circle: Shown
    seq: int
    posts: tuple[str, ...]
    post_ids: tuple[int, ...]
    post: Post | None = None


async def of_circle(place: Place, language: str, most: int) -> Embedded:
    shown = await showing.show(place, language, before=None, after=None, topic="")
    posts = shown.posts[: max(1, min(most, FEW))]
    return Embedded(
        place.circle,
        shown.seq,
        tuple(html for _, html in posts),
        tuple(entry.id for entry, _ in posts),
    )


async def of_post(place: Place, post_id: int, language: str, *, seq: int) -> Embedded:
    """`seq`: of the circle, read before. Raises NotFound."""
    post = await published(place, post_id)
    return Embedded(place.circle, seq, (drawing.draw(post, language),), (post.id,), post)


async def place_of(circle: str) -> Place:
    """As a visitor has it. Raises NotFound, and Barred where a circle asks something of its readers."""
    return await access.place(circle, None)


async def published(place: Place, post_id: int) -> Post:
    """One that is out, whatever else the place's viewer might see. Raises NotFound."""
    post = await reading.one(place, post_id)
    if post.state != "published":
        raise NotFound
    return post
