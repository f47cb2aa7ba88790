"""Does it matter how large a circle is? The same deeds in a small one and in the largest, by turns.

    bin/bench scale [FOLLOWERS] [POSTS]

Both circles lie in one database; the pages come from a site in a process of its own. What is measured is
the time of one request or one verb after the other, each kind 150 times in each circle, small and large
taking turns; a ratio of 1 says that nobody notices twenty million others.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

import httpx
import uvloop

from bench.fanout.site import BODY, circle, prepared
from bench.fanout.watching import listens

# Enough posts that no page of them is looked at twice.
SMALL = ("small", 1_000, 4_000)
TURNS = 150
Deed = Callable[[str], Awaitable[float]]


def main() -> None:
    followers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    posts = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with prepared() as (_, port):
        uvloop.run(run(followers, posts, port))


async def run(followers: int, posts: int, port: int) -> None:
    from quanzi.db.engine import close_pool
    from quanzi.demo import scaling
    from quanzi.identity import sessions

    here = await circle()
    started = time.perf_counter()
    await scaling.scale(SMALL[1], SMALL[2], lambda *_: None, SMALL[0])
    await scaling.scale(followers, posts, _tell, "large")
    took = time.perf_counter() - started
    print(f"Copied in {took:,.0f} s: {(followers + posts) / took:,.0f} rows a second.\n")
    token = await sessions.opened(here.place.viewer.member_id, "bench")
    site = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "quanzi.cli", "serve", "--no-demo", "--port", str(port),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await listens(port)
        found = await _measured(f"http://127.0.0.1:{port}", token)
    finally:
        site.terminate()
        await site.wait()
    print(f"| what is done | {SMALL[1]:,} followers, {SMALL[2]:,} posts: ms "
          f"| {followers:,} and {posts:,}: ms | ratio |\n|---|---|---|---|")  # fmt: skip
    for what, (small, large) in found.items():
        print(f"| {what} | {small:.2f} | {large:.2f} | {large / small:.2f} |")
    print(f"\nLoad of the machine: {os.getloadavg()[0]:.1f}.")
    await close_pool()


def _tell(what: str, there: int) -> None:
    if there % 2_000_000 == 0:
        print(f"{there:,} {what}", file=sys.stderr, flush=True)


async def _measured(base: str, token: str) -> dict[str, tuple[float, float]]:
    """What is done → the middle of its times in the small circle and in the large one, in ms."""
    async with (
        httpx.AsyncClient(base_url=base, timeout=30) as visitor,
        httpx.AsyncClient(base_url=base, timeout=30, cookies={"quanzi": token}) as member,
    ):
        deeds: dict[str, Deed] = {
            "a visitor opens the circle": _page(visitor, "/c/{}"),
            "a member opens the circle": _page(member, "/c/{}"),
            "a member reads on, from the middle": _middle(member),
            "a member looks at who follows": _page(member, "/c/{}/members"),
            "a member follows": _followed(),
            "a member posts": _posted(),
        }
        return {what: await _by_turns(deed) for what, deed in deeds.items()}


async def _by_turns(deed: Deed) -> tuple[float, float]:
    taken: dict[str, list[float]] = {SMALL[0]: [], "large": []}
    for turn in range(TURNS + 10):
        for slug, times in taken.items():
            took = await deed(slug)
            # The first ones find what is remembered later.
            if turn >= 10:
                times.append(took * 1000)
    return statistics.median(taken[SMALL[0]]), statistics.median(taken["large"])


def _page(client: httpx.AsyncClient, path: str) -> Deed:
    async def look(slug: str) -> float:
        started = time.perf_counter()
        answer = await client.get(path.format(slug))
        took = time.perf_counter() - started
        answer.raise_for_status()
        return took

    return look


def _middle(client: httpx.AsyncClient) -> Deed:
    """A page of posts that nobody remembers: another one each time."""
    at: dict[str, int] = {}

    async def look(slug: str) -> float:
        from quanzi.db.engine import rows

        if slug not in at:
            [found] = await rows(
                "select head from circle_head h join circle c on c.id = h.circle_id where c.slug = $1",
                slug,
            )
            at[slug] = found["head"] - 100
        at[slug] -= 20
        return await _page(client, f"/c/{{}}?before={at[slug]}")(slug)

    return look


def _followed() -> Deed:
    """By who does not follow it yet: followers of the other circle, one after the other."""
    waiting: dict[str, list[int]] = {}

    async def follow(slug: str) -> float:
        from quanzi.circles import access, following
        from quanzi.db.engine import rows
        from quanzi.identity import sessions

        if slug not in waiting:
            found = await rows(
                """select f.member_id from follow f join circle c on c.id = f.circle_id
                   where c.slug = $1 order by f.member_id limit 400""",
                "large" if slug == SMALL[0] else SMALL[0],
            )
            waiting[slug] = [line["member_id"] for line in found]
        place = await access.place(slug, sessions.absent(waiting[slug].pop()))
        started = time.perf_counter()
        assert await following.follow(place)
        return time.perf_counter() - started

    return follow


def _posted() -> Deed:
    async def post(slug: str) -> float:
        from quanzi.circles import access
        from quanzi.db.engine import rows
        from quanzi.identity import sessions
        from quanzi.posts import vetting, writing
        from quanzi.posts.drafts import Draft

        [found] = await rows("select id from member where handle = 'bencher'")
        place = await access.place(slug, sessions.absent(found["id"]))
        vetted = await vetting.vet(place, BODY, kind="edit")
        started = time.perf_counter()
        await writing.publish(place, Draft(BODY), vetted=vetted)
        return time.perf_counter() - started

    return post


if __name__ == "__main__":
    main()
