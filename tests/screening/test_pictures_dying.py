"""The child may die, hang, or be left alone; pictures are looked at all the same."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from quanzi.media import FolderStore
from quanzi.screening import child
from quanzi.screening import looking as looking_
from tests.screening.gallery import drawing, flawed, hung, lives, looking, pid


@pytest.fixture
def store(tmp_path) -> FolderStore:
    return FolderStore(tmp_path / "media")


@pytest.fixture
def name(store) -> str:
    return hung(store, drawing("cat-grey"))


async def soon(promise) -> None:
    for _ in range(500):
        if promise():
            return
        await asyncio.sleep(0.01)
    pytest.fail("not within five seconds")


async def test_killed_in_the_middle_of_a_picture_it_is_asked_again(store, name):
    async with looking(store) as looker:
        [before] = await looker.look([name], within=60)
        first = pid(looker)
        os.kill(first, signal.SIGSTOP)
        asked = asyncio.create_task(looker.look([name], within=60))
        await asyncio.sleep(0.1)
        os.kill(first, signal.SIGKILL)

        assert await asked == [before]
        assert pid(looker) != first
        assert await looker.look([name], within=60) == [before]


async def test_killed_between_pictures_it_is_started_again(store, name):
    async with looking(store) as looker:
        await looker.look([name], within=60)
        os.kill(pid(looker), signal.SIGKILL)
        [seen] = await looker.look([name], within=60)

        assert seen is not None


# It may write no file, so whoever counts in one lifts that limit.
DIES_OF = """
really, cap = eye._seen_or_unread, eye._cap
def dies(judge, files, folder):
    if {deadly!r} in files[0]:
        with open({counted!r}, "ab") as file:
            file.write(b".")
        os.kill(os.getpid(), signal.SIGSEGV)
    return really(judge, files, folder)
eye._seen_or_unread = dies
eye._cap = lambda what, most: what == eye.resource.RLIMIT_FSIZE or cap(what, most)
"""


async def test_a_picture_it_dies_of_twice_is_not_shown_to_it_again(
    store, name, tmp_path, monkeypatch
):
    deadly, counted = hung(store, drawing("sea-day")), tmp_path / "deaths"
    counted.touch()
    dies = DIES_OF.format(deadly=deadly[2:], counted=str(counted))
    monkeypatch.setattr(child, "SCRIPT", flawed(tmp_path, "", dies))
    async with looking(store) as looker:
        seen = await looker.look([deadly, name], within=60)
        assert [each is not None for each in seen] == [False, True]
        assert await looker.look([deadly], within=60) == [None]

    assert counted.read_bytes() == b".."


async def test_a_hanging_one_costs_no_more_than_one_would_wait_and_is_replaced(
    store, name, monkeypatch
):
    monkeypatch.setattr(child, "ANSWER_SECONDS", 2.0)
    async with looking(store) as looker:
        await looker.look([name], within=60)
        first = pid(looker)
        os.kill(first, signal.SIGSTOP)
        started = time.monotonic()
        assert await looker.look([name], within=0.2) == [None]
        assert time.monotonic() - started < child.ANSWER_SECONDS
        [seen] = await looker.look([name], within=60)

        assert seen is not None
        assert pid(looker) != first
        assert not lives(first)


@pytest.mark.parametrize("hangs", [False, True])
async def test_it_is_gone_when_the_looker_is_closed(store, name, hangs):
    async with looking(store) as looker:
        await looker.look([name], within=60)
        process = pid(looker)
        assert lives(process)
        if hangs:
            os.kill(process, signal.SIGSTOP)
            waiting = [asyncio.create_task(looker.look([name], within=60)) for _ in range(3)]
            await asyncio.sleep(0.1)
        await looker.close()

        assert not lives(process)
        assert looker.state() == "closed"
        assert await looker.look([name], within=60) == [None]
        if hangs:
            async with asyncio.timeout(1):
                assert await asyncio.gather(*waiting) == [[None]] * 3


PARENT = """
import asyncio, sys
from pathlib import Path
from quanzi.media import FolderStore
from quanzi.screening.looking import Looker

async def main():
    looker = Looker(FolderStore(Path(sys.argv[1])))
    [seen] = await looker.look([sys.argv[2]], within=60)
    print(looker._eye.pid, seen is not None, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize("hangs", [False, True])
async def test_it_is_gone_when_its_parent_is_killed(store, name, hangs):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(store.root), name], stdout=subprocess.PIPE, text=True
    )
    process, seen = parent.stdout.readline().split()
    assert seen == "True"
    if hangs:
        os.kill(int(process), signal.SIGSTOP)
    assert lives(int(process))
    parent.kill()
    parent.wait()
    parent.stdout.close()

    await soon(lambda: not lives(int(process)))


async def test_one_that_nobody_asks_goes_and_comes_back(store, name, monkeypatch):
    monkeypatch.setattr(looking_, "IDLE_SECONDS", 0.2)
    async with looking(store) as looker:
        [before] = await looker.look([name], within=60)
        process = pid(looker)
        await soon(lambda: not lives(process))
        assert looker.state() == "ready to start"

        assert await looker.look([name], within=60) == [before]


async def test_it_gets_no_secrets_and_gives_way_to_everybody(store, name):
    async with looking(store) as looker:
        await looker.look([name], within=60)
        about = Path(f"/proc/{pid(looker)}")
        lines = (about / "environ").read_bytes().split(b"\0")
        got = {line.split(b"=")[0].decode() for line in lines if line}
        assert got <= {*child.ENVIRONMENT, "LC_CTYPE"}
        assert os.getpriority(os.PRIO_PROCESS, pid(looker)) == min(19, os.nice(0) + 10)
        limits = (about / "limits").read_text()
        for limit in ("address space         700000000 ", "file size             0 ",
                      "processes             0 ", "open files            32 "):  # fmt: skip
            assert f"Max {limit}" in limits


def test_what_looks_at_pictures_has_nobody_to_report_to():
    """Not even when it is told to be silent too late."""
    package = Path(find_spec("onnxruntime").origin).parent
    libraries = [file.read_bytes() for file in package.rglob("*.so*")]

    assert libraries
    assert not any(b"events.data.microsoft.com" in library for library in libraries)


async def test_it_does_one_thing_at_a_time(store, name):
    """Threads beside the first would be those that report, or take other people's processors."""
    async with looking(store) as looker:
        await looker.look([name] * 5, within=60)

        assert len(list(Path(f"/proc/{pid(looker)}/task").iterdir())) == 1
