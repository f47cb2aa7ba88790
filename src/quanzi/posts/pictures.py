"""Pictures that came with a post: as many as a post may have."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from quanzi.media import Picture
from quanzi.media.incoming import discard, discard_all, store
from quanzi.media.incoming import taken_in as taken_in_under
from quanzi.posts.drafts import MOST_IMAGES

__all__ = ["discard", "discard_all", "store", "taken_in"]


def taken_in(files: Sequence[bytes]) -> AbstractAsyncContextManager[list[Picture]]:
    return taken_in_under(files, field="images", most=MOST_IMAGES)
