"""Entries into the audit log, and verifying all of it.

    bin/bench audit [ENTRIES]

Entries go through the verb, over twenty connections, each in a transaction of its own; the limit is
one bare insert a transaction into the same columns, over the same connections. Then the log is filled
through its own trigger and verified; the limit is the database reading and hashing the same rows.
"""

import asyncio
import resource
import sys
import time

from bench.fanout.site import prepared

AT_ONCE, DEEDS, PIECE = 20, 4_000, 10_000


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with prepared():
        asyncio.run(measure(entries))


async def measure(entries: int) -> None:
    from quanzi.db.engine import close_pool, open_pool, rows
    from quanzi.db.migrating import migrate

    await migrate()
    await open_pool(AT_ONCE)
    await rows("create table bare as table audit_entry with no data")
    written, bare = await rate(write), await rate(insert)
    print(f"| entries by the verb, one after the other's commit | {written:,.0f} a second |")
    print(f"| one bare insert | {bare:,.0f} a second, {bare / written:.1f} times as many |")
    await fill(entries - DEEDS)
    await verify()
    await close_pool()


async def rate(deed) -> float:
    waiting = list(range(DEEDS))

    async def work() -> None:
        while waiting:
            await deed(waiting.pop())

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return DEEDS / (time.perf_counter() - started)


async def write(number: int) -> None:
    from quanzi.audit import writing
    from quanzi.db.transaction import transaction

    async with transaction():
        await writing.write("case.decided", actor_id=1, member_id=number, detail={"reason": "广告"})


async def insert(number: int) -> None:
    from quanzi.db.engine import rows
    from quanzi.db.transaction import transaction

    async with transaction():
        await rows(
            """insert into bare (seq, at, actor_id, deed, member_id, detail)
               values ($1, now(), 1, 'case.decided', $1, '{"reason": "广告"}')""",
            number,
        )


async def fill(entries: int) -> None:
    from quanzi.db.engine import rows

    for _ in range(entries // PIECE + 1):
        await rows(
            """insert into audit_entry (deed, actor_id, circle_id, about, member_id, detail)
               select 'case.decided', 1, n % 100, 'post:3:' || n, n,
                      jsonb_build_object('reason', '第 ' || n || ' 次广告')
               from generate_series(1, $1) n""",
            min(PIECE, entries),
        )
        entries -= min(PIECE, entries)
    await rows("analyze audit_entry")


async def verify() -> None:
    from quanzi.audit import verifying
    from quanzi.db.engine import connection

    started = time.perf_counter()
    async with connection() as held:
        await held.execute("set statement_timeout = 0")
        await held.fetchval(
            "select count(sha256(e.salt || convert_to(e.detail::text, 'UTF8'))) from audit_entry e",
            timeout=600,
        )
    limit = time.perf_counter() - started
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    verdict = await verifying.verify()
    taken = time.perf_counter() - started
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert verdict.fault is None
    print(
        f"| {verdict.entries:,} entries verified | {taken:.2f} s, {verdict.entries / taken:,.0f} "
        f"a second, {grown / 1024:.0f} MB more memory |"
    )
    print(f"| the database hashing their details alone | {limit:.2f} s |")


if __name__ == "__main__":
    main()
