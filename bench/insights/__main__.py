"""Views are counted while somebody posts: does posting get slower?

    bin/bench insights [ROUNDS]

Through the counting itself (the page that is viewed is another benchmark's): 5,000 views a second in
this process, of 50 circles and their posts, by 20,000 members, written down every five seconds as a
site does. Rounds with and without take turns, in one run: the ratio is what to keep.
"""

import asyncio
import os
import statistics
import sys
import time

import uvloop

from bench.fanout.site import Circle, circle, prepared

RATE, SLICE, ROUND = 5_000, 0.02, 12.0
CIRCLES, POSTS, MEMBERS = 50, 20, 20_000
PAUSE = 0.02


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with prepared():
        uvloop.run(run(rounds))


async def run(rounds: int) -> None:
    from quanzi.db.engine import close_pool, open_pool, rows

    here = await circle()
    await close_pool()
    await open_pool(5)
    await rows(
        """insert into member (handle, name)
           select 'runner' || n, '跑者' from generate_series(1, $1::int) n""",
        MEMBERS,
    )
    for _ in range(100):
        await here.post()
    plain: list[float] = []
    counted: list[float] = []
    views, busy = 0, 0.0
    for _ in range(rounds):
        plain += await posting(here)
        watching = asyncio.create_task(watched(here))
        counted += await posting(here)
        more, spent = await watching
        views, busy = views + more, busy + spent
    written = await rows("select sum(shown)::bigint from seen_hour where post_id = 0")
    assert written[0][0] == views, f"{written[0][0]} of {views} views were written down"
    print(f"{views / (rounds * ROUND):,.0f} views a second, all written down; "
          f"load of the machine: {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    print("| posting | posts | p50 ms | p95 ms |\n|---|---|---|---|")
    print(f"| nobody looks | {line(plain)} |")
    print(f"| views counted | {line(counted)} |")
    ratio = statistics.median(counted) / statistics.median(plain)
    print(f"\nposting takes {ratio:.2f} times as long (p50); counting took {busy / views * 1e6:.1f} µs a view.")  # fmt: skip
    await close_pool()


async def posting(here: Circle) -> list[float]:
    took = []
    until = time.perf_counter() + ROUND
    while time.perf_counter() < until:
        started = time.perf_counter()
        await here.post()
        took.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(PAUSE)
    return took


async def watched(here: Circle) -> tuple[int, float]:
    """How many views, and the seconds that counting them kept this process busy."""
    from quanzi.activity import seeing
    from quanzi.insights import counting

    first = here.place.circle.id
    shown = [tuple(range(n * 100 + 1, n * 100 + 1 + POSTS)) for n in range(CIRCLES)]
    views, busy, begun = 0, 0.0, time.perf_counter()
    writing = asyncio.create_task(_written())
    while (passed := time.perf_counter() - begun) < ROUND:
        due = int(passed * RATE) - views
        started = time.perf_counter()
        for number in range(views, views + due):
            n = number % CIRCLES
            member_id = number * 7919 % MEMBERS + 1
            if number % 5:
                seeing.page_shown(first + n, shown[n], member_id)
            else:
                seeing.page_shown(first + n, shown[n])
                seeing.post_opened(first + n, shown[n][0], member_id)
        views += due
        busy += time.perf_counter() - started
        await asyncio.sleep(SLICE)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await counting.write_down()
    return views, busy


async def _written() -> None:
    from quanzi.insights import counting

    while True:
        await asyncio.sleep(counting.EVERY)
        await counting.write_down()


def line(took: list[float]) -> str:
    return (
        f"{len(took)} | {statistics.median(took):.2f} | {statistics.quantiles(took, n=20)[18]:.2f}"
    )


if __name__ == "__main__":
    main()
