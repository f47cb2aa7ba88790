"""What a search shows: some of each kind, or pages of one."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.circles import searching as circles
from quanzi.identity import searching as members
from quanzi.identity.sessions import Viewer
from quanzi.posts import searching as posts
from quanzi.posts.reading import Post
from quanzi.posts.searching import Cursor
from quanzi.search import asking

KINDS = ("all", "circles", "posts", "people")
# Of each kind so many stand on the page of all kinds.
FEW_CIRCLES, FEW_PEOPLE = 4, 5
# One can page through so many of the best circles or people; who wants others asks otherwise.
MOST_PAGED = 400


@dataclass(frozen=True, slots=True)
class Finds:
    """`words`: what to mark in the texts. `more`: the address's `after` for the next page."""

    words: tuple[str, ...] = ()
    circles: Sequence[asyncpg.Record] = ()
    posts: Sequence[Post] = ()
    people: Sequence[asyncpg.Record] = ()
    more: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.circles or self.posts or self.people)


async def find(typed: str, kind: str, after: str, viewer: Viewer | None) -> Finds:
    asked = asking.asked(typed)
    if asked is None:
        return Finds()
    if kind == "posts":
        found = await posts.find(asked, viewer, _cursor(after))
        return Finds(asked.words, posts=found.posts, more=_written(found.older))
    if kind in {"circles", "people"}:
        return await _one_kind(asked, kind, _skipped(after), viewer)
    return Finds(
        asked.words,
        (await circles.find(asked, viewer))[:FEW_CIRCLES],
        (await posts.find(asked, viewer, None)).posts,
        (await members.find(asked))[:FEW_PEOPLE],
    )


async def _one_kind(asked: asking.Asked, kind: str, skipped: int, viewer: Viewer | None) -> Finds:
    page = circles.PAGE if kind == "circles" else members.PAGE
    found = await (
        circles.find(asked, viewer, skipped) if kind == "circles" else members.find(asked, skipped)
    )
    more = str(skipped + page) if len(found) > page and skipped + page < MOST_PAGED else ""
    if kind == "circles":
        return Finds(asked.words, circles=found[:page], more=more)
    return Finds(asked.words, people=found[:page], more=more)


def _skipped(after: str) -> int:
    known = after.isascii() and after.isdecimal() and len(after) < 4  # noqa: PLR2004
    return min(int(after), MOST_PAGED) if known else 0


def _written(cursor: Cursor | None) -> str:
    return "_".join(map(repr, cursor)) if cursor else ""


def _cursor(after: str) -> Cursor | None:
    """None for what is not one of ours: the search then begins at its beginning."""
    try:
        low, high, score, post_id = after.split("_")
        cursor = Cursor(int(low), int(high), float(score), int(post_id))
    except ValueError:
        return None
    fits = 0 <= cursor.low <= cursor.high < 2**63 and 0 <= cursor.post_id < 2**63
    return cursor if fits else None
