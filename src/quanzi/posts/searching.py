"""Finding posts.

A common word stands in every twentieth post, and to rank is to read: so of all finds the newest are
gathered, some hundreds, and these are ranked; older ones only when those have all been shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg

from quanzi.db.engine import rows
from quanzi.identity.sessions import Viewer
from quanzi.posts import gathering, reading
from quanzi.posts.reading import Post
from quanzi.search.asking import Asked
from quanzi.search.ranking import WEIGHTS

PAGE = 20
# So many of the newest finds are ranked together.
ENOUGH = 120

# A word weighs ten times a pair; two months of age weigh as much as being found e times as well.
# Nothing here asks for the time, so that a page and the next agree on the order.
SCORE = f"""ln(1 + 10 * ts_rank({WEIGHTS}, s.words, $1::text::tsquery))::float8
           + extract(epoch from s.at)::float8 / 5184000"""


class Cursor(NamedTuple):
    """Where the last page ended: in which stretch of posts, and after which find."""

    low: int
    high: int
    score: float
    post_id: int


@dataclass(frozen=True, slots=True)
class Found:
    posts: tuple[Post, ...]
    older: Cursor | None


async def find(asked: Asked, viewer: Viewer | None, cursor: Cursor | None) -> Found:
    """A page of what this person may read: stretch by stretch from the newest, best first in each."""
    looking = await gathering.begun(asked, viewer)
    if cursor and cursor.high > looking.newest:
        cursor = None  # not one of ours, and as wide as somebody likes
    high = cursor.high if cursor else looking.newest
    hits: list[Cursor] = []
    pairs: list[tuple[int, int]] = []
    while high >= 0 and len(hits) <= PAGE:
        if cursor:
            # All that was gathered for the page before, and what has come out among it since.
            low, gathered = cursor.low, await looking.newest_between(cursor.low, high, 2 * ENOUGH)
        else:
            gathered = await looking.newest_between(0, high, ENOUGH)
            low = gathered[-1]["post_id"] if len(gathered) == ENOUGH else 0
        found = await _best(asked, gathered, cursor)
        hits += [Cursor(low, high, line["score"], line["post_id"]) for line in found]
        pairs += [(line["circle_id"], line["post_id"]) for line in found]
        high, cursor = low - 1, None
    posts = await reading.these(pairs[:PAGE]) if pairs else {}
    shown = tuple(posts[hit.post_id] for hit in hits[:PAGE] if hit.post_id in posts)
    return Found(shown, hits[PAGE - 1] if len(hits) > PAGE else None)


async def _best(
    asked: Asked, gathered: Sequence[asyncpg.Record], cursor: Cursor | None
) -> Sequence[asyncpg.Record]:
    return await rows(
        f"""select * from (
                select s.circle_id, s.post_id, {SCORE} as score
                from unnest($2::bigint[], $3::bigint[]) as g(circle_id, post_id)
                join post_search s on s.circle_id = g.circle_id and s.post_id = g.post_id) scored
            where $4::float8 is null or (score, post_id) < ($4::float8, $5::bigint)
            order by score desc, post_id desc limit {PAGE + 1}""",
        asked.query,
        [line["circle_id"] for line in gathered],
        [line["post_id"] for line in gathered],
        cursor.score if cursor else None,
        cursor.post_id if cursor else 0,
    )
