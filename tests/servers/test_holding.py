"""Promises to whoever starts the site."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path

import asyncpg
import pytest
from valkey import Valkey

from quanzi.servers import Held, hold
from quanzi.servers.folders import folders_of
from tests.servers.stage import Stage, ask, children, wait_for

AT_ONCE = 0.05
MOST_SESSIONS = 100


def test_a_first_start_broken_off_is_begun_afresh(stage: Stage) -> None:
    stage.hold(valkey=False)
    assert not list(stage.var.glob("postgres.new-*"))


def test_after_the_last_release_nothing_is_left(stage: Stage) -> None:
    held = stage.hold()
    (postmaster,) = stage.postmasters()
    workers = children(postmaster)
    assert workers
    held.release()
    wait_for(lambda: not stage.all(), seconds=1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_a_second_holder_is_served_at_once_and_keeps_them(stage: Stage) -> None:
    first = stage.hold()
    second, took = min((timed(stage.hold) for _ in range(3)), key=itemgetter(1))
    assert took < AT_ONCE
    assert second.database_url == first.database_url
    pids = stage.all()
    first.release()
    time.sleep(0.5)
    assert stage.all() == pids


def test_a_command_after_another_finds_them_running(stage: Stage) -> None:
    client = stage.client()
    client.urls()
    pids = stage.all()
    client.kill()
    stage.hold()
    assert stage.all() == pids


async def test_a_full_database_is_not_taken_for_a_dead_one(stage: Stage) -> None:
    url = stage.hold().database_url
    sessions = [await asyncpg.connect(url) for _ in range(MOST_SESSIONS)]
    with pytest.raises(asyncpg.TooManyConnectionsError):
        await asyncpg.connect(url)
    stage.hold()
    for session in sessions:
        await session.close()


def test_many_starters_share_one_keeper(stage: Stage) -> None:
    clients = [stage.client() for _ in range(4)]
    assert len({tuple(client.urls()) for client in clients}) == 1
    assert [len(stage.keepers()), len(stage.postmasters()), len(stage.valkeys())] == [1, 1, 1]


@pytest.mark.parametrize("after", [0.29, 0.33])
def test_who_comes_while_they_stop_gets_new_ones(stage: Stage, after: float) -> None:
    leaving = threading.Thread(target=stage.hold(postgres=False).release)
    leaving.start()
    time.sleep(after)
    with Valkey.from_url(stage.hold(postgres=False).valkey_url) as valkey:
        assert valkey.ping()
    leaving.join()
    assert len(stage.keepers()) == 1


def test_only_what_is_asked_for_is_started_and_the_rest_follows(stage: Stage) -> None:
    assert stage.hold(postgres=False).database_url == ""
    assert not stage.postmasters()
    stage.hold(valkey=False)
    assert stage.postmasters()


def test_who_has_both_elsewhere_starts_nothing(tmp_path: Path) -> None:
    with hold(tmp_path / "var", postgres=False, valkey=False) as held:
        assert (held.database_url, held.valkey_url) == ("", "")
    assert not (tmp_path / "var").exists()


@pytest.fixture
def odd() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as short:
        yield Path(short).resolve() / "sp ace @ö%2F?#&'"


async def test_any_folder_name_will_do(odd: Path) -> None:
    assert folders_of(odd).run == odd / "run"
    with hold(odd, postgres=True, valkey=True) as held:
        assert await ask(held.database_url, "SELECT 1") == 1
        with Valkey.from_url(held.valkey_url) as valkey:
            assert valkey.ping()


def test_a_long_path_will_do(tmp_path: Path) -> None:
    var = tmp_path / ("long" * 30) / "var"
    with (
        hold(var, postgres=False, valkey=True) as held,
        Valkey.from_url(held.valkey_url) as valkey,
    ):
        assert valkey.ping()
    shutil.rmtree(folders_of(var).run)


def test_no_socket_lies_where_its_address_cannot_be_written() -> None:
    for name in ("long" * 30, "one,two"):
        run = folders_of(Path("/srv") / name).run
        assert not run.is_relative_to("/srv")
        assert run != folders_of(Path("/srv") / name / "other").run


def timed(hold: Callable[[], Held]) -> tuple[Held, float]:
    before = time.monotonic()
    return hold(), time.monotonic() - before
