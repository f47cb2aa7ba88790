"""Suggesting people in a circle of a thousand, and of a hundred thousand: the ratio is the point.

    bin/bench people [LARGE]

Every one of the crowd follows the circle, likes the same post, and one in ten uses the same topic.
"""

import asyncio
import statistics
import sys
import time

from bench.fanout.site import circle, prepared

SMALL = 1_000
AT_ONCE = 20_000
TIMES = 50


def main() -> None:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with prepared():
        asyncio.run(measure(large))


async def measure(large: int) -> None:
    here = await circle()
    await befriended(here)
    first = await suggested(here, 1, SMALL)
    second = await suggested(here, SMALL + 1, large)
    print("| followers | middle of 50 | slowest |\n|---|---|---|")
    for count, taken in ((SMALL, first), (large, second)):
        print(f"| {count:,} | {statistics.median(taken):.1f} ms | {max(taken):.1f} ms |")
    ratio = statistics.median(second) / statistics.median(first)
    print(f"\n{large // SMALL} times the followers take {ratio:.2f} times as long.")


async def befriended(here) -> None:
    """The one to whom people are suggested follows, likes, and uses the topic."""
    from quanzi.circles import following
    from quanzi.posts import liking, writing
    from quanzi.posts.drafts import Draft

    await following.follow(here.place)
    for body in ("今晚 #夜跑#", "明晚 #夜跑#"):
        written = await writing.publish(here.place, Draft(body, ("夜跑",)))
        await liking.like(here.place, written.post_id)


async def suggested(here, first: int, last: int) -> list[float]:
    """Milliseconds of each, when so many more have come."""
    from quanzi.db.engine import rows
    from quanzi.people import suggesting

    for begin in range(first, last, AT_ONCE):
        await crowd(here.place.circle.id, begin, min(begin + AT_ONCE - 1, last))
    for table in ("member", "follow", "liking", "post", "topic", "tally"):
        await rows(f"analyze {table}")
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        found = await suggesting.some(here.place.viewer)
        taken.append((time.perf_counter() - began) * 1000)
        assert len(found) == suggesting.PAGE
    return taken


async def crowd(circle_id: int, first: int, last: int) -> None:
    from quanzi.db.engine import rows

    await rows(
        """with crowd as (insert into member (handle, name)
               select 'crowd-' || n, '人' || n from generate_series($2::int, $3::int) n
               returning id),
           followed as (insert into follow (circle_id, member_id) select $1, id from crowd),
           liked as (insert into liking (circle_id, post_id, member_id)
               select $1, (select max(post_id) from topic where circle_id = $1), id from crowd),
           posted as (insert into post (circle_id, author_id, state, seq, body, published_at)
               select $1, id, 'published', 1000 + id, '#夜跑#', now() from crowd
               where id % 10 = 0 returning id, seq)
           insert into topic (circle_id, name, post_id, seq)
           select $1, '夜跑', id, seq from posted""",
        circle_id,
        first,
        last,
    )
    await rows(
        """insert into tally (circle_id, kind, subject_id, slot, n) values ($1, 'followers', $1, 99, $2)
           on conflict (circle_id, kind, subject_id, slot) do update set n = excluded.n""",
        circle_id,
        last,
    )


main()
