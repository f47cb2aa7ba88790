"""T30: the schema is brought up to date while people write, and nobody waits two seconds for it."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from quanzi.db.engine import rows
from quanzi.settings import settings

ROOT = Path(__file__).resolve().parents[2]
# The release before: what there was when credit and push had just come.
BEFORE = "2026-11-25"
LONGEST = 2.0

PROGRAM = """
import asyncio, sys
from quanzi.db import migrating
async def main():
    if sys.argv[1:]:
        for step in [each for each in await migrating.missing() if each.split(" ")[1] < sys.argv[1]]:
            await migrating._take(*step.split(" "))
    else:
        taken = await migrating.migrate()
        print(len(taken), len(await migrating.missing()))
asyncio.run(main())
"""


@pytest.fixture
async def older(database):
    """A database with the schema and the data of the release before; its address."""
    name = f"older_{os.getpid()}"
    await rows(f"drop database if exists {name}")
    await rows(f"create database {name}")
    there, question, options = settings().database_url.partition("?")
    address = f"{there.rpartition('/')[0]}/{name}{question}{options}"
    done = await asyncio.to_thread(program, address, BEFORE)
    assert done.returncode == 0, done.stderr[-3000:]
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(OLD_DATA)
    finally:
        await connection.close()
    yield address
    await rows(f"drop database {name} with (force)")


# As that release wrote: no column that came later is named.
OLD_DATA = """
insert into member (handle, name) select 'member' || n, '人' || n from generate_series(1, 500) n;
insert into partner (slug, name) values ('partner', '伙伴');
insert into category values ('fitness', '健身', 'Fitness', 1);
insert into circle (partner_id, slug, category_slug, name)
    select p.id, 'circle', 'fitness', '圈' from partner p;
insert into circle_head (circle_id) select id from circle on conflict do nothing;
insert into post (circle_id, author_id, body, state, seq, published_at)
    select c.id, m.id, '旧的', 'published', row_number() over (), now()
    from circle c, member m, generate_series(1, 40) n;
insert into comment (circle_id, post_id, author_id, body)
    select circle_id, id, author_id, '好' from post;
"""
OLD_VERBS = """
insert into post (circle_id, author_id, body, state, publish_at)
    select c.id, m.id, '新的', 'scheduled', now() from circle c, member m limit 1;
update post set body = body || '!' where id = (select max(id) from post);
insert into comment (circle_id, post_id, author_id, body)
    select circle_id, id, author_id, '新' from post order by id desc limit 1;
update post set state = 'removed', body = '' where id = (select min(id) from post where state = 'published');
update member set name = name || 'x' where handle = 'member1';
select * from post order by id desc limit 20;
select * from member where handle = 'member2'
""".split(";\n")  # noqa: SIM905 - SQL to read


def program(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"DATABASE_URL": address, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env=env, capture_output=True, text=True, check=False, timeout=90, cwd=ROOT,
    )  # fmt: skip


async def write_on(address: str, until: asyncio.Event, took: list[float]) -> None:
    """Ten a second, as the release before does it."""
    connection = await asyncpg.connect(address)
    turn = 0
    while not until.is_set():
        began = time.monotonic()
        # Text, not a prepared plan: an old process' plan for `select *` is made anew once (below).
        await connection.execute(OLD_VERBS[turn % len(OLD_VERBS)])
        took.append(time.monotonic() - began)
        turn += 1
        await asyncio.sleep(max(0.0, 0.1 - took[-1]))
    await connection.close()


async def hold_a_table(address: str, seconds: float) -> None:
    """A long report, or a backup: it has read from tables that the steps want."""
    connection = await asyncpg.connect(address)
    async with connection.transaction():
        await connection.execute("select count(*) from post; select count(*) from comment")
        await asyncio.sleep(seconds)
    await connection.close()


async def test_while_people_write_and_a_report_runs_nobody_waits_two_seconds(older):
    over, took = asyncio.Event(), []
    writing = [asyncio.create_task(write_on(older, over, took)) for _ in range(3)]
    holding = asyncio.create_task(hold_a_table(older, 4.0))
    await asyncio.sleep(0.3)

    done = await asyncio.to_thread(program, older)
    await holding
    await asyncio.sleep(1.0)
    over.set()
    await asyncio.gather(*writing)

    assert done.returncode == 0, done.stderr[-3000:]
    steps, left = map(int, done.stdout.splitlines()[-1].split())
    assert steps >= 8
    assert left == 0
    assert "migrate.waits" in done.stdout + done.stderr, "the report was in nobody's way"
    assert len(took) > 60
    assert max(took) < LONGEST


async def test_what_was_written_before_is_there_afterwards_and_old_writing_goes_on(older):
    before = await counts(older)
    done = await asyncio.to_thread(program, older)
    assert done.returncode == 0, done.stderr[-3000:]

    assert await counts(older) == before
    connection = await asyncpg.connect(older)
    for verb in OLD_VERBS:
        await connection.execute(verb)
    await connection.close()


async def counts(address: str) -> list[tuple[str, int]]:
    connection = await asyncpg.connect(address)
    found = [(table, await connection.fetchval(f"select count(*) from {table}"))
             for table in ("member", "circle", "post", "comment")]  # fmt: skip
    await connection.close()
    return found


async def test_a_step_that_cannot_have_its_table_says_so_and_changes_nothing(older):
    """A transaction that nobody ends: the step gives up in the end, and the site is as it was."""
    connection = await asyncpg.connect(older)
    holding = connection.transaction()
    await holding.start()
    await connection.execute("lock table post in access exclusive mode")
    hurried = PROGRAM.replace(
        "async def main():",
        "migrating.TRIES, migrating.LOCK_TIMEOUT = 2, '100ms'\nasync def main():",
    )
    env = os.environ | {"DATABASE_URL": older, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", hurried], env=env, capture_output=True, text=True,
        check=False, timeout=60, cwd=ROOT,
    )  # fmt: skip
    await holding.rollback()

    assert done.returncode == 1
    assert "pg_stat_activity" in done.stderr
    found = await connection.fetch(
        "select 1 from information_schema.columns where table_name = 'post' and column_name = 'held_for'"
    )
    await connection.close()
    assert found == []
