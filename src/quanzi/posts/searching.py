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
# Stretches of buckets that are looked through at first; the last one is whatever is left.
STRETCHES = (2, 16, 128)
# With so many finds a stretch has enough to choose from.
ENOUGH = 200
GATHERED = 16
AT_ONCE = 500

# A word weighs ten times a pair; two months of age weigh as much as being found e times as well.
# Nothing here asks for the time, so that a page and the next agree on the order.
SCORE = """ln(1 + 10 * ts_rank('{0.1, 0.2, 0.4, 1.0}', s.words, $1::text::tsquery))::float8
           + extract(epoch from s.at)::float8 / 5184000"""


class Cursor(NamedTuple):
    """Where the last page ended: in which stretch, and after which find."""

    low: int
    high: int
    score: float
    post_id: int


@dataclass(frozen=True, slots=True)
class Found:
    posts: tuple[Post, ...]
    older: Cursor | None


async def write(circle_id: int, post_id: int, body: str, topics: tuple[str, ...] = ()) -> None:
    await rows(
        f"""insert into post_search (circle_id, post_id, at, bucket, words)
            select $1, $2, coalesce((select published_at from post
                                     where circle_id = $1 and id = $2), now()),
                   $2 / {BUCKET}, $3::text::tsvector
            on conflict (circle_id, post_id) do update set words = excluded.words""",
        circle_id,
        post_id,
        vector(body, *topics),
    )


async def forget(circle_id: int, post_id: int) -> None:
    await rows("delete from post_search where circle_id = $1 and post_id = $2", circle_id, post_id)


async def write_missing() -> int:
    """Some of those that nobody can find yet, as after an upgrade; 0 when there are none."""
    found = await rows(
        f"""select p.circle_id, p.id, p.body from post p
            where p.state = 'published' and not exists (
                select 1 from post_search s where s.circle_id = p.circle_id and s.post_id = p.id)
            limit {AT_ONCE}"""
    )
    for circle_id, post_id, body in found:
        await write(circle_id, post_id, body)
    return len(found)


async def find(asked: Asked, viewer: Viewer | None, cursor: Cursor | None) -> Found:
    """A page of what this person may read, best first."""
    top = await row(
        "select pg_sequence_last_value(pg_get_serial_sequence('post', 'id')::regclass) / $1 as n",
        BUCKET,
    )
    if top is None or top["n"] is None:
        return Found((), None)
    high = min(cursor.high, top["n"]) if cursor else top["n"]
    low = cursor.low if cursor else -1
    hits: list[Cursor] = []
    pairs: list[tuple[int, int]] = []
    while high >= 0 and len(hits) <= PAGE:
        low, found = await _look(asked, viewer, low, high, cursor if not hits else None)
        hits += [Cursor(low, high, line["score"], line["post_id"]) for line in found]
        pairs += [(line["circle_id"], line["post_id"]) for line in found]
        high, low, cursor = low - 1, -1, None
    posts = await reading.these(pairs[:PAGE]) if pairs else {}
    shown = tuple(posts[hit.post_id] for hit in hits[:PAGE] if hit.post_id in posts)
    return Found(shown, hits[PAGE - 1] if len(hits) > PAGE else None)


async def _look(
    asked: Asked, viewer: Viewer | None, low: int, high: int, cursor: Cursor | None
) -> tuple[int, Sequence[asyncpg.Record]]:
    """The best of a stretch that ends at `high`: the given one, or the shortest that is enough."""
    widths = [high - low + 1] if low >= 0 else [*(w for w in STRETCHES if w <= high), high + 1]
    begin: int = 0
    found: Sequence[asyncpg.Record] = ()
    for width in widths:
        begin = high - width + 1
        found = await _best(asked, viewer, begin, high, cursor)
        if found and found[0]["all_of_them"] >= ENOUGH:
            break
    return begin, found


async def _best(
    asked: Asked, viewer: Viewer | None, low: int, high: int, cursor: Cursor | None
) -> Sequence[asyncpg.Record]:
    # The index gathers a range of buckets entry by entry, which pays for a few of them. Further
    # stretches are for rare words, whose finds are few enough to be looked at one by one.
    bucket = "s.bucket" if high - low < GATHERED else "(s.bucket + 0)"
    return await rows(
        f"""select * from (
                select circle_id, post_id, score, count(*) over () as all_of_them from (
                    select s.circle_id, s.post_id, {SCORE} as score
                    from post_search s join circle c on c.id = s.circle_id
                    where s.words @@ $1::text::tsquery and {bucket} between $2 and $3
                      and (not c.hidden or $6 or exists (
                          select 1 from staff t
                          where t.partner_id = c.partner_id and t.member_id = $7))) scored
                where ($4::float8 is null or (score, post_id) < ($4::float8, $5::bigint))) best
            order by score desc, post_id desc limit {PAGE + 1}""",
        asked.query,
        low,
        high,
        cursor.score if cursor else None,
        cursor.post_id if cursor else 0,
        bool(viewer and viewer.platform_role),
        viewer.member_id if viewer else None,
    )
