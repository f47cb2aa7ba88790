"""Many follow one circle at once: how many a second, and whether the figure is exact.

    bin/bench follow [FOLLOWERS]

Through the verb itself, on disk (`synchronous_commit` as it is), beside the same inserts without a
figure: the ratio says what the slotted tally costs.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

import uvloop

from bench.fanout.site import SLUG, circle, prepared

AT_ONCE = 20


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with prepared():
        uvloop.run(run(count))


async def run(count: int) -> None:
    from quanzi.activity import tallying
    from quanzi.circles import access, following
    from quanzi.circles.access import Place
    from quanzi.db.engine import close_pool, open_pool, rows
    from quanzi.db.transaction import transaction
    from quanzi.identity.sessions import Viewer

    here = (await circle()).place
    await close_pool()
    await open_pool(AT_ONCE)
    circle_id, viewer = here.circle.id, here.viewer
    assert viewer is not None

    async def follow(member_id: int) -> None:
        fan = Viewer(member_id, "fan", "粉丝", "", viewer.session, viewer.until)
        await following.follow(Place(here.circle, fan, ""))

    async def insert(member_id: int) -> None:
        async with transaction():
            await rows(
                "insert into follow (circle_id, member_id) values ($1, $2)", circle_id, member_id
            )

    bare = await rate(insert, range(10_000_000, 10_000_000 + count))
    await rows("delete from follow")
    full = await rate(follow, range(20_000_000, 20_000_000 + count))
    figure = await tallying.followers((await access.place(SLUG, None)).circle.id)
    assert figure == count, f"{figure} of {count} were counted"
    print("| what is done | per second | share |\n|---|---|---|")
    print(f"| a bare insert and commit | {bare:,.0f} | 100% |")
    print(f"| following, counted | {full:,.0f} | {full / bare:.0%} |")
    print(f"\nThe figure says {figure:,}: none was lost.")
    await close_pool()


async def rate(deed: Callable[[int], Awaitable[None]], members: range) -> float:
    waiting = iter(members)

    async def worker() -> None:
        for member_id in waiting:
            await deed(member_id)

    started = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return len(members) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
