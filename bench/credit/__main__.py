"""Entries into the ledger, statements, and recounting all of it.

    bin/bench credit [ENTRIES]

Entries go through the verb, over twenty connections; the limit is one bare insert a transaction over
the same connections. Then the ledger is filled by COPY, and every account recounted.
"""

import asyncio
import sys
import time

from bench.fanout.site import circle, prepared

AT_ONCE, DEEDS, MEMBERS = 20, 4_000, 10_000


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with prepared():
        asyncio.run(measure(entries))


async def measure(entries: int) -> None:
    from quanzi.db.engine import close_pool, open_pool, rows

    viewer = (await circle()).place.viewer
    await close_pool()
    await open_pool(AT_ONCE)
    await rows(
        """insert into member (handle, name, verified_at, created_at)
           select 'many-' || n, 'm', now(), now() from generate_series(1, $1::int) n""",
        MEMBERS,
    )
    ids = [line["id"] for line in await rows("select id from member where handle like 'many-%'")]
    entered, bare = await rate(enter, ids), await rate(insert, ids)
    print(f"| entries by the verb | {entered:,.0f} a second |")
    print(
        f"| one bare insert and update | {bare:,.0f} a second, {bare / entered:.1f} times as many |"
    )
    await fill(ids, entries)
    await recount(entries)
    await statements(viewer, ids)
    await close_pool()


async def rate(deed, ids: list[int]) -> float:
    waiting = list(range(DEEDS))

    async def work() -> None:
        while waiting:
            number = waiting.pop()
            await deed(ids[number % len(ids)], number)

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return DEEDS / (time.perf_counter() - started)


async def enter(member_id: int, number: int) -> None:
    from quanzi.credit import ledger
    from quanzi.credit.ledger import Cause

    await ledger.enter(member_id, "kept", Cause("post", 1, number))


async def insert(member_id: int, number: int) -> None:
    from quanzi.db.engine import rows
    from quanzi.db.transaction import transaction

    async with transaction():
        await rows(
            """insert into credit_entry (member_id, rule, points, cause, cause_id, rule_version)
               values ($1, 'bare', 1, 'bare', $2, 1)""",
            member_id,
            number,
        )
        await rows("update credit_account set total = total + 1 where member_id = $1", member_id)


async def fill(ids: list[int], entries: int) -> None:
    from quanzi.db.engine import connection

    columns = ("member_id", "rule", "points", "cause", "cause_id", "rule_version")
    async with connection() as held:
        await held.execute("set statement_timeout = 0")
        await held.copy_records_to_table(
            "credit_entry",
            columns=columns,
            records=((ids[n % len(ids)], "kept", 2, "filled", n, 1) for n in range(entries)),
            timeout=600,
        )
        await held.execute(
            """update credit_account a set total = e.total
               from (select member_id, sum(points) as total from credit_entry group by member_id) e
               where e.member_id = a.member_id""",
            timeout=600,
        )
        await held.execute("analyze credit_entry", timeout=600)


async def recount(entries: int) -> None:
    from quanzi.credit import reckoning

    started = time.perf_counter()
    accounts = differ = 0
    async for looked_at, differences in reckoning.recounted():
        accounts += looked_at
        differ += len(differences)
    taken = time.perf_counter() - started
    print(f"| {accounts:,} accounts recounted from {entries:,} entries | {taken:.1f} s |")
    assert differ == 0


async def statements(viewer, ids: list[int]) -> None:
    from dataclasses import replace

    from quanzi.standing import statement

    some = ids[:500]
    started = time.perf_counter()
    for member_id in some:
        await statement.entries(replace(viewer, member_id=member_id), "", None)
    taken = (time.perf_counter() - started) / len(some) * 1000
    print(f"| a page of a statement of {1_000_000 // len(ids)} entries | {taken:.1f} ms |")


if __name__ == "__main__":
    main()
