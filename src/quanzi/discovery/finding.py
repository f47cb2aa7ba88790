"""What a search shows: some of each kind, or pages of one."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.circles import searching as circles
from quanzi.collections import searching as collections
from quanzi.identity import searching as members
from quanzi.identity.sessions import Viewer
from quanzi.posts import searching as posts
from quanzi.posts.reading import Post
from quanzi.posts.searching import Cursor
from quanzi.search import asking
from quanzi.search.asking import Asked
from quanzi.search.ranking import Ranked

KINDS = ("all", "circles", "collections", "posts", "people")
# Of each kind so many stand on the page of all kinds.
FEW_CIRCLES, FEW_COLLECTIONS, FEW_PEOPLE = 4, 2, 5


@dataclass(frozen=True, slots=True)
class Finds:
    """`words`: what to mark in the texts. `more`: the address's `after` for the next page."""

    words: tuple[str, ...] = ()
    circles: Sequence[asyncpg.Record] = ()
    collections: Sequence[asyncpg.Record] = ()
    posts: Sequence[Post] = ()
    people: Sequence[asyncpg.Record] = ()
    more: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.circles or self.collections or self.posts or self.people)


async def find(typed: str, kind: str, after: str, viewer: Viewer | None) -> Finds:
    asked = asking.asked(typed)
    if asked is None:
        return Finds()
    if kind == "posts":
        some = await posts.find(asked, viewer, _cursor(after))
        return Finds(asked.words, posts=some.posts, more=_written(some.older))
    if kind != "all":
        return await _of(kind, asked, _ranked(after), viewer)
    return Finds(
        asked.words,
        (await circles.find(asked, viewer, None))[:FEW_CIRCLES],
        (await collections.find(asked, viewer, None))[:FEW_COLLECTIONS],
        (await posts.find(asked, viewer, None)).posts,
        (await members.find(asked, None))[:FEW_PEOPLE],
    )


async def _of(kind: str, asked: Asked, after: Ranked | None, viewer: Viewer | None) -> Finds:
    """Pages of one kind that is ordered by rank alone."""
    match kind:
        case "circles":
            found, page = await circles.find(asked, viewer, after), circles.PAGE
            return Finds(asked.words, circles=found[:page], more=_more(found, page))
        case "collections":
            found, page = await collections.find(asked, viewer, after), collections.PAGE
            return Finds(asked.words, collections=found[:page], more=_more(found, page))
    found, page = await members.find(asked, after), members.PAGE
    return Finds(asked.words, people=found[:page], more=_more(found, page))


def _more(found: Sequence[asyncpg.Record], page: int) -> str:
    if len(found) <= page:
        return ""
    last = found[page - 1]
    return _written(Ranked(last["rank"], last["id"]))


def _written(cursor: Cursor | Ranked | None) -> str:
    return "_".join(map(repr, cursor)) if cursor else ""


def _ranked(after: str) -> Ranked | None:
    """None for what is not one of ours: the search then begins at its beginning."""
    try:
        rank, number = after.split("_")
        cursor = Ranked(float(rank), int(number))
    except ValueError:
        return None
    # Ranks lie between 0 and 1; what lies beyond, or is no number at all, fits no float4.
    return cursor if 0 <= cursor.rank <= 1 and 0 <= cursor.id < 2**63 else None


def _cursor(after: str) -> Cursor | None:
    """As `_ranked`."""
    try:
        low, high, score, post_id = after.split("_")
        cursor = Cursor(int(low), int(high), float(score), int(post_id))
    except ValueError:
        return None
    fits = 0 <= cursor.low <= cursor.high < 2**63 and 0 <= cursor.post_id < 2**63
    return cursor if fits else None
