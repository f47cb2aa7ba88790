"""Gathering the newest posts in which something is found, without looking at all of them.

Seldom words are asked for everywhere. Common ones bucket by bucket, from the newest: the index knows
which posts of a bucket hold the words, and whoever has gathered enough stops.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.circles.readable import readable
from quanzi.db.engine import row, rows
from quanzi.identity.sessions import Viewer
from quanzi.posts.indexing import BUCKET
from quanzi.search.asking import Asked

# What is found no oftener than this is gathered at once, wherever it stands.
SELDOM = 6_000
WIDEST = 256

# After five times PostgreSQL may plan these once for all words, knowing none of them: `offset 0`
# keeps it from asking the circles or the numbers first, and leaves it only the index of words.
# Circles they may not read are left out while gathering: they would else be shown what is left of
# so many finds, and could wait for long until something is.
READABLE = f"""f join circle c on c.id = f.circle_id
              where f.post_id between $2 and $3 and {readable("$5::bigint", "$4")}
              order by f.post_id desc limit $6"""
EVERYWHERE = f"""
    select f.circle_id, f.post_id from (
        select circle_id, post_id from post_search
        where words @@ $1::text::tsquery offset 0) {READABLE}"""
# One look into the index for each bucket: of a range of them it would gather all that is not newer.
IN_BUCKETS = f"""
    select f.circle_id, f.post_id from generate_series($7::int, $8::int) as b(n), lateral (
        select circle_id, post_id from post_search
        where bucket = b.n and words @@ $1::text::tsquery offset 0) {READABLE}"""
# Down from the newest it gathers no more than it should, and asks for the words once. That is dear
# where a beginning is asked for: all words with that beginning are merged anew for every look.
IN_NEWEST = f"""
    select f.circle_id, f.post_id from (
        select circle_id, post_id from post_search
        where bucket >= $7 and words @@ $1::text::tsquery offset 0) {READABLE}"""


async def begun(asked: Asked, viewer: Viewer | None) -> "Looking":
    return Looking(asked, viewer, await _newest(), await _expected(asked))


@dataclass(frozen=True, slots=True)
class Looking:
    """`expected`: how many finds there are, roughly; `newest`: the highest number of a post."""

    asked: Asked
    viewer: Viewer | None
    newest: int
    expected: int

    async def newest_between(self, low: int, high: int, most: int) -> Sequence[asyncpg.Record]:
        """Which of the posts of these numbers are found, newest first."""
        if self.expected <= SELDOM:
            return await self._some(EVERYWHERE, low, high, most)
        top, width = high // BUCKET, self._width(most)
        found: list[asyncpg.Record] = []
        while top >= low // BUCKET and len(found) < most:
            bottom = max(low // BUCKET, top - width + 1)
            found += await self._in_buckets(bottom, top, low, high, most - len(found))
            top, width = bottom - 1, min(width * 4, WIDEST)
        return found

    def _width(self, most: int) -> int:
        """So many buckets should hold enough, and half as many again, since words come in flocks."""
        buckets = self.newest // BUCKET + 1
        return min(1 + most * buckets * 3 // (self.expected * 2), WIDEST)

    async def _in_buckets(
        self, bottom: int, top: int, low: int, high: int, most: int
    ) -> Sequence[asyncpg.Record]:
        if self.asked.begins and top == self.newest // BUCKET:
            return await self._some(IN_NEWEST, low, high, most, bottom)
        return await self._some(IN_BUCKETS, low, high, most, bottom, top)

    async def _some(
        self, sql: str, low: int, high: int, most: int, *buckets: int
    ) -> Sequence[asyncpg.Record]:
        viewer = self.viewer
        platform = bool(viewer and viewer.platform_role)
        member_id = viewer.member_id if viewer else None
        return await rows(sql, self.asked.query, low, high, platform, member_id, most, *buckets)


async def _newest() -> int:
    """Numbers are given out by age."""
    found = await row(
        "select pg_sequence_last_value(pg_get_serial_sequence('post', 'id')::regclass) as n"
    )
    return found["n"] or 0 if found else 0


async def _expected(asked: Asked) -> int:
    """How many finds the server expects: it keeps count of common words, for its own plans."""
    found = await rows(
        "explain (format json) select 1 from post_search where words @@ $1::text::tsquery",
        asked.query,
    )
    return int(json.loads(found[0][0])[0]["Plan"]["Plan Rows"])
