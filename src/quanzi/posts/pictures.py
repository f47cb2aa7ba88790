"""Pictures that came with a post: as many as a post may have."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial

from quanzi.db.engine import row, rows
from quanzi.db.transaction import after_commit
from quanzi.media import Picture
from quanzi.media.incoming import discard, discard_all, store
from quanzi.media.incoming import taken_in as taken_in_under
from quanzi.posts import captions
from quanzi.posts.drafts import MOST_IMAGES

__all__ = [
    "described",
    "discard",
    "discard_all",
    "forget",
    "likenesses",
    "names",
    "store",
    "taken_in",
]


def taken_in(files: Sequence[bytes]) -> AbstractAsyncContextManager[list[Picture]]:
    return taken_in_under(files, field="images", most=MOST_IMAGES)


async def forget(circle_id: int, post_id: int) -> None:
    """A post's pictures: their rows with the transaction, their files after it."""
    gone = await rows(
        "delete from image where circle_id = $1 and post_id = $2 returning name", circle_id, post_id
    )
    for line in gone:
        after_commit(partial(discard, line["name"]))


async def names(circle_id: int, post_id: int) -> list[str]:
    """In their order."""
    found = await rows(
        "select name from image where circle_id = $1 and post_id = $2 order by place",
        circle_id,
        post_id,
    )
    return [line["name"] for line in found]


async def described(circle_id: int, post_id: int) -> list[tuple[str, str]]:
    """Name and words of each; as they are to be where that waits to be looked at."""
    waits = await row(
        "select pictures from held_edit where circle_id = $1 and post_id = $2 and pictures <> ''",
        circle_id,
        post_id,
    )
    if waits is not None:
        return captions.unpacked(waits["pictures"])
    found = await rows(
        "select name, alt from image where circle_id = $1 and post_id = $2 order by place",
        circle_id,
        post_id,
    )
    return [(line["name"], line["alt"]) for line in found]


async def likenesses(circle_id: int, post_id: int) -> list[int]:
    """What its pictures would be known by if they came back."""
    found = await rows(
        """select likeness from image
           where circle_id = $1 and post_id = $2 and likeness is not null order by place""",
        circle_id,
        post_id,
    )
    return [line["likeness"] for line in found]
