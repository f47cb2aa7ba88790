"""Finding posts. What is searched is written with the post, in its own transaction.

A common word stands in every twentieth post, and to rank is to read: so the newest posts are looked
through first, and older ones only when those do not hold enough. `bucket` makes that one look into
the index: posts are numbered by age, and a bucket is a stretch of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg

from quanzi.db.engine import row, rows
from quanzi.identity.sessions import Viewer
from quanzi.posts import reading
from quanzi.posts.reading import Post
from quanzi.search.asking import Asked
from quanzi.search.vectors import vector

PAGE = 20
BUCKET = 4096
# So many buckets are looked through, until they hold enough; after the last, all there are.
STRETCHES = (1, 4, 16, 64)
# To rank is to unpack what was kept of a text: so many of the newest finds are ranked together.
ENOUGH = 120
AT_ONCE = 500

# A word weighs ten times a pair; two months of age weigh as much as being found e times as well.
# Nothing here asks for the time, so that a page and the next agree on the order.
SCORE = """ln(1 + 10 * ts_rank('{0.1, 0.2, 0.4, 1.0}', s.words, $1::text::tsquery))::float8
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


async def write(circle_id: int, post_id: int) -> None:
    """As the post is now, with the topics that stand beside its text."""
    found = await row(
        """select body, coalesce(published_at, now()) as at,
                  array(select name from topic t where t.circle_id = p.circle_id
                        and t.post_id = p.id) as topics
           from post p where circle_id = $1 and id = $2""",
        circle_id,
        post_id,
    )
    if found is not None:
        await rows(
            f"""insert into post_search (circle_id, post_id, at, bucket, words)
                values ($1, $2, $3, $2::bigint / {BUCKET}, $4::text::tsvector)
                on conflict (circle_id, post_id) do update set words = excluded.words""",
            circle_id,
            post_id,
            found["at"],
            vector(found["body"], *found["topics"]),
        )


async def forget(circle_id: int, post_id: int) -> None:
    await rows("delete from post_search where circle_id = $1 and post_id = $2", circle_id, post_id)


async def write_missing() -> int:
    """Some of those that nobody can find yet, as after an upgrade; 0 when there are none."""
    found = await rows(
        f"""select p.circle_id, p.id from post p
            where p.state = 'published' and not exists (
                select 1 from post_search s where s.circle_id = p.circle_id and s.post_id = p.id)
            limit {AT_ONCE}"""
    )
    for circle_id, post_id in found:
        await write(circle_id, post_id)
    return len(found)


async def find(asked: Asked, viewer: Viewer | None, cursor: Cursor | None) -> Found:
    """A page of what this person may read: stretch by stretch from the newest, best first in each."""
    high = cursor.high if cursor else await _newest()
    hits: list[Cursor] = []
    pairs: list[tuple[int, int]] = []
    while high >= 0 and len(hits) <= PAGE:
        low = cursor.low if cursor else await _enough_down_to(asked, high)
        found = await _best(asked, viewer, low, high, cursor)
        hits += [Cursor(low, high, line["score"], line["post_id"]) for line in found]
        pairs += [(line["circle_id"], line["post_id"]) for line in found]
        high, cursor = low - 1, None
    posts = await reading.these(pairs[:PAGE]) if pairs else {}
    shown = tuple(posts[hit.post_id] for hit in hits[:PAGE] if hit.post_id in posts)
    return Found(shown, hits[PAGE - 1] if len(hits) > PAGE else None)


async def _newest() -> int:
    """The highest number a post may have; numbers are given out by age."""
    found = await row(
        "select pg_sequence_last_value(pg_get_serial_sequence('post', 'id')::regclass) as n"
    )
    return found["n"] or 0 if found else 0


async def _enough_down_to(asked: Asked, high: int) -> int:
    """The post down from `high` at which there are enough finds to choose from; 0 for all."""
    top = high // BUCKET
    for width in (*(width for width in STRETCHES if width <= top), top + 1):
        low = top - width + 1
        found = await rows(
            f"""select s.post_id from {stretch(low, top)} s where s.post_id <= $3
                order by s.post_id desc limit {ENOUGH}""",
            asked.query,
            list(range(low, top + 1)),
            high,
        )
        if len(found) == ENOUGH:
            return int(found[-1]["post_id"])
    return 0


async def _best(
    asked: Asked, viewer: Viewer | None, low: int, high: int, cursor: Cursor | None
) -> Sequence[asyncpg.Record]:
    buckets = range(low // BUCKET, high // BUCKET + 1)
    return await rows(
        f"""select * from (
                select s.circle_id, s.post_id, {SCORE} as score
                from {stretch(buckets[0], buckets[-1])} s join circle c on c.id = s.circle_id
                where s.post_id between $3 and $4
                  and (not c.hidden or $7 or exists (
                      select 1 from staff t
                      where t.partner_id = c.partner_id and t.member_id = $8))) scored
            where ($5::float8 is null or (score, post_id) < ($5::float8, $6::bigint))
            order by score desc, post_id desc limit {PAGE + 1}""",
        asked.query,
        list(buckets),
        low,
        high,
        cursor.score if cursor else None,
        cursor.post_id if cursor else 0,
        bool(viewer and viewer.platform_role),
        viewer.member_id if viewer else None,
    )


def stretch(low: int, high: int) -> str:
    """The finds in these buckets, `$2`, and perhaps in others.

    One look into the index for each bucket, since a range of buckets the index would gather whole,
    post by post, before it asks for the words (240 ms in a million). For many buckets the words
    alone are asked for: they are rare then.
    """
    if high - low < STRETCHES[-1]:
        return """(select f.* from unnest($2::int[]) as b(n), lateral (
            select * from post_search where bucket = b.n and words @@ $1::text::tsquery) f)"""
    return "(select * from post_search where words @@ $1::text::tsquery and $2::int[] is not null)"
