"""A circle as large as the largest: millions of followers, a million posts. Copied in by pieces.

A piece is one transaction with the figures that go with it, so that a load that was stopped has made
a smaller circle and not a broken one; run again it goes on to what was asked for.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from quanzi import clock
from quanzi.demo.sayings import OPENINGS, SAYINGS
from quanzi.demo.thronging import FIRST, LAST
from quanzi.settings import settings

PIECE = 200_000
SLUG = "scale"
AGE = timedelta(days=900)
# Longer ago than any figure looks back: who came is many, and none of them is news.
QUIET = timedelta(days=130)
# What the log keeps of them: an open page that was away for longer loads itself anew.
LOGGED = 2_000
SAID = [each for sayings in SAYINGS.values() for each in sayings]

Tell = Callable[[str, int], None]


async def scale(followers: int, posts: int, tell: Tell, slug: str = SLUG) -> int:
    """The circle's id. `tell`: 'followers' or 'posts', and how many there are now."""
    database = await asyncpg.connect(settings().database_url)
    try:
        await database.execute("set statement_timeout = 0")
        await database.execute("set synchronous_commit = off")
        circle_id = await _circle(database, slug)
        await _grow(database, circle_id, "followers", followers, tell)
        await _grow(database, circle_id, "posts", posts, tell)
        await database.execute("vacuum analyze member, follow, post, circle_event")
    finally:
        await database.close()
    return circle_id


async def _circle(database: Any, slug: str) -> int:
    async with database.transaction():
        await database.execute(
            "insert into category values ('scale', '大圈子', 'Large', 99) on conflict do nothing"
        )
        await database.execute(
            "insert into partner (slug, name) values ('scale', '大圈子') on conflict do nothing"
        )
        await database.execute(
            """insert into circle (slug, partner_id, category_slug, name, created_at)
               select $1, id, 'scale', '千万人的圈子', now() - interval '900 days'
               from partner where slug = 'scale' on conflict do nothing""",
            slug,
        )
        circle_id: int = await database.fetchval("select id from circle where slug = $1", slug)
        await database.execute(
            "insert into circle_head (circle_id) values ($1) on conflict do nothing", circle_id
        )
        return circle_id


async def _grow(database: Any, circle_id: int, what: str, wanted: int, tell: Tell) -> None:
    piece = _follow if what == "followers" else _post
    there = await _there(database, circle_id, what)
    while there < wanted:
        count = min(PIECE, wanted - there)
        async with database.transaction():
            await piece(database, circle_id, there, count)
        there += count
        tell(what, there)


async def _there(database: Any, circle_id: int, what: str) -> int:
    asked = {
        "followers": "select sum(n) from tally where circle_id = $1 and kind = 'followers'",
        "posts": "select head from circle_head where circle_id = $1",
    }
    return int(await database.fetchval(asked[what], circle_id) or 0)


async def _follow(database: Any, circle_id: int, there: int, count: int) -> None:
    """New members, and that they follow. Nobody can sign in as one of them."""
    first = await _ids(database, "member", count)
    moments = list(_moments(there, count, QUIET))
    await _copy(
        database,
        "member",
        ("id", "handle", "name", "created_at"),
        (
            (n, f"s{n:09}", FIRST[n % len(FIRST)] + LAST[n // len(FIRST) % len(LAST)], at)
            for n, at in zip(range(first, first + count), moments, strict=True)
        ),
    )
    await _copy(
        database,
        "follow",
        ("circle_id", "member_id", "since"),
        ((circle_id, n, at) for n, at in zip(range(first, first + count), moments, strict=True)),
    )
    await database.execute(
        """insert into tally (circle_id, kind, subject_id, slot, n) values ($1, 'followers', $1, 0, $2)
           on conflict (circle_id, kind, subject_id, slot) do update set n = tally.n + excluded.n""",
        circle_id,
        count,
    )


async def _post(database: Any, circle_id: int, there: int, count: int) -> None:
    """One after the other, each by another of its followers."""
    first = await _ids(database, "post", count)
    authors = await database.fetch(
        """select member_id from follow where circle_id = $1 order by member_id limit 1000""",
        circle_id,
    )
    if not authors:
        raise ValueError("Somebody has to follow a circle before its people post.")
    people = itertools.cycle([line["member_id"] for line in authors])
    ends = there + count
    moments = list(_moments(there, count, timedelta()))
    await _copy(
        database,
        "post",
        ("circle_id", "id", "author_id", "state", "seq", "body", "published_at", "created_at"),
        (
            (
                circle_id,
                first + n,
                next(people),
                "published",
                there + n + 1,
                _words(there + n),
                at,
                at,
            )
            for n, at in enumerate(moments)
        ),
    )
    logged = range(max(there, ends - LOGGED), ends)
    await database.execute("delete from circle_event where circle_id = $1", circle_id)
    await _copy(
        database,
        "circle_event",
        ("circle_id", "seq", "op", "subject_id", "version", "at"),
        (
            (circle_id, n + 1, "post.published", first + n - there, 1, moments[n - there])
            for n in logged
        ),
    )
    await database.execute(
        "update circle_head set head = $2, floor = $3 where circle_id = $1",
        circle_id,
        ends,
        logged[0],
    )


async def _ids(database: Any, table: str, count: int) -> int:
    """The first of so many that nobody else gets."""
    return int(
        await database.fetchval(
            "select setval(s, nextval(s) + $2) - $2 from pg_get_serial_sequence($1, 'id') s",
            table,
            count,
        )
    )


async def _copy(
    database: Any, table: str, columns: Sequence[str], lines: Iterable[tuple[Any, ...]]
) -> None:
    await database.copy_records_to_table(table, columns=list(columns), records=lines)


def _moments(there: int, count: int, until: timedelta) -> Iterator[datetime]:
    """The later the nearer to `until` ago, in order, however many there will be."""
    begun, span = clock.now() - AGE, (AGE - until).total_seconds()
    for n in range(there, there + count):
        yield begun + timedelta(seconds=span * n / (n + PIECE))


def _words(n: int) -> str:
    opening, saying = OPENINGS[n % len(OPENINGS)], SAID[n // len(OPENINGS) % len(SAID)]
    return f"{opening}{saying}（{n}）"
