"""A member's home page, merged from 200 followed circles, beside the same bytes as a constant.

    bin/bench home [SECONDS]

Needs wrk (Debian's package). The server has one core, wrk and PostgreSQL the other.
"""

import asyncio
import statistics
import subprocess
import sys
import urllib.request

from bench.fanout.site import circle, prepared
from bench.fanout.watching import SERVER_CORE, listens
from bench.page.__main__ import TURNS, per_second

CIRCLES, POSTS = 200, 50


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with prepared() as (_, port):
        token = asyncio.run(fill())
        server = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "bench.page.server", str(port),
             "/", token],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            asyncio.run(listens(port))
            measure(f"http://127.0.0.1:{port}", token, seconds)
        finally:
            server.terminate()
            server.wait()


async def fill() -> str:
    """200 circles with 50 posts each, all followed by somebody, who is signed in by this token."""
    from quanzi.db.engine import rows
    from quanzi.identity import sessions

    member = (await circle()).place.viewer.member_id
    await rows(
        """insert into circle (partner_id, slug, category_slug, name)
           select (select min(id) from partner), 'many-' || n, 'fitness', '圈子 ' || n
           from generate_series(1, $1::int) n""",
        CIRCLES,
    )
    await rows(
        "insert into circle_head (circle_id, head) select id, $1 from circle where slug like 'many-%'",
        POSTS,
    )
    await rows(
        """insert into post (circle_id, author_id, state, seq, body, published_at)
           select c.id, $1, 'published', n, repeat('今晚七点，海心沙见。', 8),
                  now() - (n * 199 + c.id % 7919) * interval '1 second'
           from circle c, generate_series(1, $2::int) n where c.slug like 'many-%'""",
        member,
        POSTS,
    )
    await rows(
        """insert into follow (circle_id, member_id, seen)
           select id, $1, id % 60 from circle where slug like 'many-%'""",
        member,
    )
    await rows("analyze")
    return await sessions.opened(member, "bench")


def measure(base: str, token: str, seconds: int) -> None:
    signed_in = ["-H", f"Cookie: quanzi={token}"]
    asked = urllib.request.Request(f"{base}/", headers={"Cookie": f"quanzi={token}"})
    with urllib.request.urlopen(asked) as answer:
        html = answer.read().decode()
    older = html.partition('rel="next" href="')[2].partition('"')[0]
    print(f"The page has {len(html.encode()) / 1000:.0f} kB, of {CIRCLES} circles.\n")
    kinds = {
        "the same bytes as a constant": f"{base}/constant",
        "the home page": f"{base}/",
        "its second page": f"{base}{older}",
    }
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(TURNS):
        for kind, url in kinds.items():
            taken[kind].append(per_second(url, signed_in, seconds))
    whole = statistics.median(taken["the same bytes as a constant"])
    print("| what is asked for | requests/s | share |\n|---|---|---|")
    for kind, each in taken.items():
        middle = statistics.median(each)
        print(f"| {kind} | {middle:,.0f} | {middle / whole:.0%} |")


if __name__ == "__main__":
    main()
