"""Promises about what is killed: what was committed stays, and nobody is left behind."""

import asyncio
import os
import signal
import subprocess
import time

import asyncpg
from valkey import Valkey, ValkeyError

from quanzi.servers import Held
from quanzi.servers.account import account_for
from quanzi.servers.child import Server
from quanzi.servers.folders import folders_of
from quanzi.servers.postgres import Postgres
from quanzi.servers.valkey import Valkey as ValkeyServer
from tests.servers.stage import Stage, ask, kill, wait_for

WRITE = "CREATE TABLE IF NOT EXISTS kept (word text); INSERT INTO kept VALUES ('%s')"
READ = "SELECT count(*) FROM kept WHERE word = '%s'"


async def write(url: str, word: str) -> None:
    for statement in (WRITE % word).split("; "):
        await ask(url, statement)


async def test_a_killed_site_leaves_its_data_and_no_process(stage: Stage) -> None:
    client = stage.client()
    url = client.urls()[0]
    await write(url, "site")
    client.kill()
    wait_for(lambda: not stage.all())
    assert await ask(stage.hold().database_url, READ % "site") == 1


async def test_a_killed_keeper_is_followed_by_another(stage: Stage) -> None:
    held = stage.hold()
    await write(held.database_url, "keeper")
    before = stage.all()
    kill(stage.keepers()[0])
    wait_for(lambda: [len(stage.all()), len({*stage.all(), *before})] == [3, 6])
    await eventually(held, READ % "keeper")


async def test_a_killed_keeper_and_site_leave_no_process(stage: Stage) -> None:
    client = stage.client()
    await write(client.urls()[0], "both")
    os.kill(client.process.pid, signal.SIGSTOP)
    kill(stage.keepers()[0])
    client.kill()
    wait_for(lambda: not stage.all())
    assert await ask(stage.hold().database_url, READ % "both") == 1


async def test_a_killed_postgres_is_started_again_at_the_same_address(stage: Stage) -> None:
    held = stage.hold()
    await write(held.database_url, "postgres")
    (before,) = stage.postmasters()
    kill(before)
    await eventually(held, READ % "postgres")
    assert before not in stage.postmasters()


async def test_everything_killed_at_once_loses_nothing(stage: Stage) -> None:
    client = stage.client()
    await write(client.urls()[0], "all")
    for pid in (client.process.pid, *stage.keepers(), *stage.postmasters(), *stage.valkeys()):
        os.kill(pid, signal.SIGKILL)
    assert await ask(stage.hold().database_url, READ % "all") == 1


def test_a_killed_valkey_is_started_again_every_time(stage: Stage) -> None:
    held = stage.hold()
    for _ in range(3):
        (before,) = stage.valkeys()
        kill(before)
        wait_for(lambda: answers(held))
        assert before not in stage.valkeys()


def test_a_signal_for_the_whole_site_does_not_take_the_servers_first(stage: Stage) -> None:
    held = stage.hold()
    (keeper,) = stage.keepers()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(keeper, sign)
    time.sleep(0.1)
    assert stage.keepers() == [keeper]
    assert os.getsid(keeper) != os.getsid(0)
    assert answers(held)


def test_an_orphan_is_found_and_stopped(stage: Stage) -> None:
    """Where children cannot be tied to the keeper (not on Linux), they live on after it."""
    stage.hold().release()
    folders = folders_of(stage.var)
    account = account_for(stage.var / "postgres")
    orphans = [orphan(Postgres(folders, account)), orphan(ValkeyServer(folders, account))]
    held = stage.hold()
    assert [each.wait(1) for each in orphans] == [0, 0]
    assert answers(held)


async def test_a_number_used_again_is_not_mistaken_for_our_server(stage: Stage) -> None:
    stage.hold().release()
    wait_for(lambda: not stage.all())
    pid_file = stage.var / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{stage.var / 'postgres'}\n")
    assert await ask(stage.hold().database_url, "SELECT 1") == 1


def orphan(server: Server) -> subprocess.Popen[bytes]:
    server.prepare()
    process = subprocess.Popen(
        server.command(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        **server.account.identity,
    )
    wait_for(server.answers)
    return process


async def eventually(held: Held, sql: str) -> None:
    until = time.monotonic() + 20
    found = None
    while found is None and time.monotonic() < until:
        try:
            found = await ask(held.database_url, sql)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.05)
    assert found == 1


def answers(held: Held) -> bool:
    try:
        with Valkey.from_url(held.valkey_url) as valkey:
            return bool(valkey.ping())
    except ValkeyError:
        return False
