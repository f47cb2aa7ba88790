"""T11: Valkey dies, stops, forgets and throws us out. Posting works, pages stay current."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest
from valkey.asyncio import Valkey

from quanzi.live import bell
from quanzi.settings import settings
from quanzi.web import limits
from tests.faults.lengths import LONG, long_or
from tests.live.pages import LightPage, equal_fresh
from tests.people import CIRCLE

# The client's own patience is two seconds, twice: after that nothing of it is left to help.
AWAY = float(os.environ.get("QUANZI_VALKEY_AWAY", "") or long_or(9, 40))


def valkey_pid() -> int:
    """The embedded server of this run, and no other."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode()
        except OSError:
            continue
        if "valkey-server" in command and str(settings().var) in command:
            return int(folder.name)
    raise LookupError("no Valkey of ours")


@pytest.fixture
async def pages(cast):
    made = [LightPage(cast.url, CIRCLE) for _ in range(5)]
    for page in made:
        await page.open()
    await asyncio.sleep(0.5)
    yield made
    for page in made:
        await page.close()


async def posts_reach_all(person, pages, within: float) -> float:
    started = time.monotonic()
    written = await person.posts(f"写于 {time.monotonic()}")
    posting = time.monotonic() - started
    for page in pages:
        await page.reaches(written.seq, timeout=within)
    assert posting < 1.0, "posting must not wait for the bell"
    return time.monotonic() - started


async def is_heard_again(site) -> None:
    deadline = time.monotonic() + 15
    while not site.station.tail.bell.up:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("seconds", [1, *([5, 40] if LONG else [3])])
async def test_valkey_dies_and_comes_back(cast, site, editor, pages, seconds):
    os.kill(valkey_pid(), signal.SIGKILL)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await posts_reach_all(editor, pages, within=1.0)
        await asyncio.sleep(0.2)
    await is_heard_again(site)
    await posts_reach_all(editor, pages, within=1.0)
    await equal_fresh(pages)


@pytest.mark.timeout(180)
async def test_valkey_is_frozen_for_long_and_nobody_notices(cast, site, editor, xiaolan, pages):
    pid = valkey_pid()
    os.kill(pid, signal.SIGSTOP)
    try:
        until = time.monotonic() + AWAY
        while time.monotonic() < until:
            await posts_reach_all(editor, pages, within=1.5)
            assert (await xiaolan.sees("/me/sessions")).status_code == 200
            await asyncio.sleep(2)
        assert not site.station.tail.bell.up
    finally:
        os.kill(pid, signal.SIGCONT)
    await is_heard_again(site)
    before = bell.HINTS._value.get()
    await posts_reach_all(editor, pages, within=1.0)
    await asyncio.sleep(0.2)
    assert bell.HINTS._value.get() > before, "the bell is used again"
    await equal_fresh(pages)


async def test_forgetting_everything_and_being_thrown_out_lose_nothing(cast, site, editor, pages):
    client = Valkey.from_url(settings().valkey_url)
    for _ in range(5):
        await client.flushall()
        await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        await posts_reach_all(editor, pages, within=1.5)
        await asyncio.sleep(0.5)
    await client.aclose()
    await is_heard_again(site)
    await equal_fresh(pages)


async def test_limits_still_limit_while_valkey_is_frozen(cast):
    pid = valkey_pid()
    limit = limits.Limit("test", 10, 60, 4)
    os.kill(pid, signal.SIGSTOP)
    try:
        passed = 0
        for _ in range(10):
            try:
                await limits.hold(limit, "somebody")
                passed += 1
            except limits.TooMany:
                pass
    finally:
        os.kill(pid, signal.SIGCONT)
    assert passed == 2, "half of the burst, in this process"


async def test_with_valkey_the_limit_is_what_it_says(cast):
    limit = limits.Limit("test-exact", 10, 60, 4)
    passed = 0
    for _ in range(10):
        try:
            await limits.hold(limit, "somebody")
            passed += 1
        except limits.TooMany as refused:
            assert 0 < refused.retry_after <= 6
    assert passed == 4
