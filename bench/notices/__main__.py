"""A notice to a million followers, and the site killed in the middle of it: how fast, how much memory,
and is anybody told twice or not at all?

    bin/bench notices [FOLLOWERS]

The site runs in processes of its own, as people run it; each of the three deaths is a `kill -9`. The
peer is the same number of rows written by the same database in one statement each: rows that say to
whom it went, and notices in the trays.
"""

import asyncio
import os
import signal
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import uvloop

from bench.fanout.site import circle, prepared

DEATHS = (0.2, 0.5, 0.8)
LOOKS = 0.5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with prepared() as (_, port):
        uvloop.run(run(count, port))


async def run(count: int, port: int) -> None:
    from quanzi.db.engine import close_pool, rows

    place = (await circle()).place
    await _followers(place.circle.id, count)
    bare = await _bare(place.circle.id)
    notice_id = await _planned(place, count)
    deaths = [int(count * share) for share in DEATHS]
    weights, started = list[int](), time.perf_counter()
    site = await _site(port)
    sent_after = 0.0
    while True:
        await asyncio.sleep(LOOKS)
        [found] = await rows(
            """select n.state, n.sent, (select count(*) from (select 1 from concern limit 1) c) as waiting
               from circle_notice n where n.id = $1""",
            notice_id,
        )
        weights.append(_weight(site.pid))
        sent_after = sent_after or (
            time.perf_counter() - started if found["state"] == "sent" else 0
        )
        if found["state"] == "sent" and not found["waiting"]:
            break
        if deaths and found["sent"] >= deaths[0]:
            deaths.pop(0)
            os.killpg(site.pid, signal.SIGKILL)
            await site.wait()
            site = await _site(port)
    told_after = time.perf_counter() - started
    os.killpg(site.pid, signal.SIGTERM)
    await site.wait()
    await _each_once(notice_id, count)
    early, late = _median(weights[: len(weights) // 4]), _median(weights[-len(weights) // 4 :])
    print("| what is done | seconds | per second |\n|---|---|---|")
    print(f"| the same rows, written at once | {bare:,.0f} | {count / bare:,.0f} |")
    print(f"| sent to all, in pieces, killed {len(DEATHS)} times | {sent_after:,.0f} | {count / sent_after:,.0f} |")  # fmt: skip
    print(f"| in everybody's tray | {told_after:,.0f} | {count / told_after:,.0f} |")
    share = told_after and bare / told_after
    print(f"\n{count:,} followers, each told once; {share:.0%} of the bare rate.")
    print(f"Memory: {early / 1e6:,.0f} MB in the first quarter, {late / 1e6:,.0f} MB in the last.")
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}.")
    await close_pool()


async def _followers(circle_id: int, count: int) -> None:
    import asyncpg

    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute("set statement_timeout = 0")
    await database.execute(
        f"""insert into member (handle, name)
            select 'fan' || n, '跑者' from generate_series(1, {count}) n"""
    )
    await database.execute(
        f"""insert into follow (circle_id, member_id)
            select {circle_id}, id from member where handle like 'fan%'"""
    )
    await database.execute("vacuum analyze member, follow")
    await database.close()


async def _bare(circle_id: int) -> float:
    """Seconds for the rows that will be there in the end, and nothing else."""
    import asyncpg

    database = await asyncpg.connect(os.environ["DATABASE_URL"])
    await database.execute("set statement_timeout = 0")
    await database.execute(
        """create table bare_sent (like circle_notice_sent including all);
           create table bare_notice (like notice including all)"""
    )
    started = time.perf_counter()
    await database.execute(
        f"""insert into bare_sent (circle_id, notice_id, member_id)
            select circle_id, 1, member_id from follow where circle_id = {circle_id}"""
    )
    await database.execute(
        f"""insert into bare_notice (member_id, group_key, kind, circle_id, note)
            select member_id, 'circle.notice:' || member_id, 'circle.notice', circle_id, '1'
            from follow where circle_id = {circle_id}"""
    )
    took = time.perf_counter() - started
    await database.execute("drop table bare_sent, bare_notice")
    await database.close()
    return took


async def _planned(place: Any, count: int) -> int:
    from quanzi.circles import access
    from quanzi.db.engine import rows
    from quanzi.reaching import sending, writing
    from quanzi.reaching.writing import Words

    await rows(
        "insert into staff (partner_id, member_id, role) values ($1, $2, 'owner')",
        place.circle.partner_id,
        place.member_id,
    )
    here = await access.place(place.circle.slug, place.viewer)
    words = Words("今晚七点", f"海心沙集合，{count} 人都来。")
    notice_id = await writing.write(here, words, key=uuid.uuid4())
    await sending.plan(here, notice_id, None, version=1)
    return notice_id


async def _site(port: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "quanzi.cli", "serve", "--no-demo", "--port", str(port),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def _weight(leader: int) -> int:
    """What all processes of the site hold, in bytes."""
    found = 0
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[2]) == leader:
            found += int(after_name[21]) * os.sysconf("SC_PAGE_SIZE")
    return found


async def _each_once(notice_id: int, count: int) -> None:
    from quanzi.db.engine import rows

    [found] = await rows(
        """select (select count(*) from circle_notice_sent where notice_id = $1) as sent,
                  (select sent from circle_notice where id = $1) as counted,
                  (select count(*) from notice where kind = 'circle.notice') as trays,
                  (select count(distinct member_id) from notice where kind = 'circle.notice') as whom""",
        notice_id,
    )
    assert set(found.values()) == {count}, dict(found)


def _median(values: list[int]) -> float:
    return float(sorted(values)[len(values) // 2]) if values else 0.0


if __name__ == "__main__":
    main()
