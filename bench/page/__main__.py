"""A circle's page of 20 posts, and the desk's calendar, beside the page's bytes as a constant from the
same server.

    bin/bench page [SECONDS]

Needs wrk (Debian's package). The server has one core, wrk the other; the runs take turns, and the
middle one of three counts.
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import urllib.request
from datetime import timedelta

from bench.fanout.site import SLUG, Circle, circle, prepared
from bench.fanout.watching import PAGES_CORE, SERVER_CORE, listens
from bench.page import django

TURNS = 3
CONNECTIONS = 32
POSTS, PLANNED = 20, 40
# As every browser asks.
PACKED = ("-H", "Accept-Encoding: gzip")


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with prepared() as (_, port), django.served() as peer:
        token, owners = asyncio.run(fill())
        server = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "bench.page.server", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            asyncio.run(listens(port))
            measure(f"http://127.0.0.1:{port}", peer, (token, owners), seconds)
        finally:
            server.terminate()
            server.wait()


async def fill() -> tuple[str, str]:
    """Twenty posts by somebody who is signed in by the first token; and forty that the circle's owner
    has planned, signed in by the second.
    """
    from quanzi.identity import sessions

    here: Circle = await circle()
    for _ in range(POSTS):
        await here.post()
    owner = await plan(here)
    return (
        await sessions.opened(here.place.viewer.member_id, "bench"),
        await sessions.opened(owner, "bench"),
    )


async def plan(here: Circle) -> int:
    from quanzi import clock
    from quanzi.circles import access
    from quanzi.db.engine import rows
    from quanzi.identity import sessions, signing_up
    from quanzi.posts import writing
    from quanzi.posts.drafts import Draft

    owner = await signing_up.create("planner", "圈主", "a-good-password")
    await rows(
        "insert into staff (partner_id, member_id, role) values ($1, $2, 'owner')",
        here.place.circle.partner_id,
        owner,
    )
    place = await access.place(SLUG, sessions.absent(owner))
    for number in range(PLANNED):
        at = clock.now() + timedelta(hours=12 * (number + 1))
        await writing.publish(place, Draft(f"第 {number} 篇", publish_at=at))
    return owner


def measure(base: str, peer: str, tokens: tuple[str, str], seconds: int) -> None:
    """`peer`: where the same page of Django's is; '' where it could not be had."""
    token, owners = tokens
    page = f"{base}/c/{SLUG}"
    # Sixty days: a month would show few of them at its end.
    calendar = f"{page}/manage/plan?view=list"
    shown, etag = looked_at(page, "", '<article class="post', POSTS)
    looked_at(page, token, '<article class="post', POSTS)
    planned, _ = looked_at(calendar, owners, '<a class="planned-item planned-item--post', PLANNED)
    print(f"The page has {shown / 1000:.0f} kB, the calendar {planned / 1000:.0f} kB.\n")
    kinds = {
        "the same bytes as a constant": (f"{base}/constant", []),
        "a visitor's page": (page, []),
        "a visitor who has it already (304)": (page, ["-H", f"If-None-Match: {etag}"]),
        "a member's page": (page, ["-H", f"Cookie: quanzi={token}"]),
        "a member's page, packed": (page, ["-H", f"Cookie: quanzi={token}", *PACKED]),
        "an owner's calendar": (calendar, ["-H", f"Cookie: quanzi={owners}"]),
    }
    if peer:
        theirs = f"{peer}/c/{SLUG}"
        looked_at(theirs, token, '<article class="post', POSTS)
        kinds |= {
            "a visitor's page by Django": (theirs, []),
            "a member's page by Django": (theirs, ["-H", f"Cookie: quanzi={token}"]),
        }
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(TURNS):
        for kind, (url, headers) in kinds.items():
            taken[kind].append(per_second(url, headers, seconds))
    whole = statistics.median(taken["the same bytes as a constant"])
    print("| what is asked for | requests/s | share |\n|---|---|---|")
    for kind, each in taken.items():
        middle = statistics.median(each)
        print(f"| {kind} | {middle:,.0f} | {middle / whole:.0%} |")


def looked_at(url: str, token: str, thing: str, times: int) -> tuple[int, str]:
    """How many bytes it has, and its tag. It has to show what it is measured for, that many times."""
    asked = urllib.request.Request(url, headers={"Cookie": f"quanzi={token}"} if token else {})
    with urllib.request.urlopen(asked) as answer:
        body = answer.read()
        found = body.decode().count(thing)
        assert found == times, f"{url} shows {found} of {times}."
        return len(body), answer.headers.get("etag", "")


def per_second(url: str, headers: list[str], seconds: int) -> float:
    said = subprocess.run(
        ["taskset", "-c", PAGES_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s",
         *headers, url],
        capture_output=True, text=True, check=True, env=os.environ,
    ).stdout  # fmt: skip
    assert "Non-2xx" not in said or "If-None-Match" in str(headers), said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


if __name__ == "__main__":
    main()
