"""T13: one process's clock is ten minutes fast, another's ten minutes slow. Nobody notices."""

import asyncio
import hashlib
import secrets
import sys
from datetime import timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from quanzi import clock
from quanzi.curation import pinning
from quanzi.db.engine import rows
from quanzi.live import bell
from quanzi.servers import hold
from quanzi.servers.valkey import _binary
from quanzi.web import limits
from tests.faults.crowds import Crowd
from tests.faults.harness import Served, free_port
from tests.faults.lengths import LONG, long_or, told
from tests.faults.writers import CIRCLES, Writers, nothing_lost_nothing_twice

LIBRARIES = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")


def library() -> str:
    found = (Path(folder) / "faketime" / "libfaketime.so.1" for folder in LIBRARIES)
    return next((str(each) for each in found if each.exists()), "")


async def sees_sessions(site: Served, token: str) -> bool:
    async with httpx.AsyncClient(base_url=site.url, verify=False) as client:
        answer = await client.get("/me/sessions", headers={"cookie": f"quanzi={token}"})
        return answer.status_code == 200


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(120)
async def test_processes_whose_clocks_are_wrong_show_the_same_and_end_sessions_in_time(tmp_path):
    if not library():
        why = "the package faketime is missing"
        sys.stderr.write(f"\nSKIPPED LOUDLY: clocks are not turned here: {why}\n")
        pytest.skip(why)
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    tmp_path.chmod(0o755)
    async with Served(one):
        pass  # it loads the demo
    with hold(one, postgres=True, valkey=True) as held:
        common = {
            "DATABASE_URL": held.database_url, "VALKEY_URL": held.valkey_url,
            "QUANZI_SECRET": "the-same-secret-for-all-processes-of-one-site",
            "LD_PRELOAD": library(), "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        fast, slow = (
            Served(one, FAKETIME="+10m", **common),
            Served(other, FAKETIME="-10m", **common),
        )
        slow.servers = one
        async with (
            fast, slow, Writers(fast) as first, Writers(slow) as second, Crowd() as crowd,
        ):  # fmt: skip
            await crowd.open([fast.port, slow.port], CIRCLES, pages=40)
            seconds = long_or(4, 60)
            await asyncio.gather(
                first.write(CIRCLES, rate=2, seconds=seconds, pins=0.5),
                second.write(CIRCLES, rate=2, seconds=seconds),
            )
            settled = await crowd.settled()
            figures = await crowd.figures()

            database = await asyncpg.connect(held.database_url)
            token = secrets.token_urlsafe(32)
            await database.execute(
                """insert into session (id, member_id, agent, idle_until, ends_at)
                   select $1, id, 'httpx', now() + interval '3 seconds', now() + interval '1 day'
                   from member where handle = 'xiaolan'""",
                hashlib.sha256(token.encode()).digest(),
            )
            before = [await sees_sessions(site, token) for site in (fast, slow)]
            await asyncio.sleep(5)
            after = [await sees_sessions(site, token) for site in (fast, slow)]
            await database.close()

            told("T13", settled=settled, p99=figures["p99"], counts=figures["counts"])
            assert set(first.statuses) == {303}, first.refused[:5]
            assert set(second.statuses) == {303}, second.refused[:5]
            assert before == [True, True]
            assert after == [False, False]
            await nothing_lost_nothing_twice(fast, first.written | second.written)


@pytest.mark.timeout(120)
async def test_limits_hold_by_a_valkey_that_is_an_hour_fast(tmp_path, monkeypatch):
    if not library():
        sys.stderr.write("\nSKIPPED LOUDLY: Valkey's clock is not turned: faketime is missing\n")
        pytest.skip("the package faketime is missing")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        str(_binary()), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path),
        stdout=asyncio.subprocess.DEVNULL,
        env={"LD_PRELOAD": library(), "FAKETIME": "+1h", "FAKETIME_DONT_FAKE_MONOTONIC": "1"},
    )  # fmt: skip
    fast = Valkey(host="127.0.0.1", port=port)
    try:
        seconds = await _time_of(fast)
        assert 3500 < seconds - clock.now().timestamp() < 3700
        monkeypatch.setattr(bell, "_ringer", fast)
        limit, passed = limits.Limit("test-hour", 10, 60, 4), 0
        for _ in range(10):
            try:
                await limits.hold(limit, "somebody")
                passed += 1
            except limits.TooMany as refused:
                assert 0 < refused.retry_after <= 6
        assert passed == 4
        # And what it keeps is gone when it is over.
        [key] = await fast.keys("quanzi:limit:test-hour:*")
        assert 0 < await fast.pttl(key) <= 25_000
    finally:
        await fast.aclose()
        process.terminate()
        await process.wait()


async def _time_of(valkey: Valkey) -> int:
    for _ in range(100):
        try:
            return (await valkey.time())[0]
        except ValkeyError:
            await asyncio.sleep(0.05)
    raise AssertionError("this Valkey does not answer")


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_pin_waits_for_its_start_by_the_databases_clock(cast, owner, monkeypatch, minutes):
    post_id = (await owner.posts("等一会儿再置顶")).post_id
    place, real = await owner.place(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(minutes=minutes))

    seq = await pinning.pin(
        place, post_id, starts_at=real + timedelta(minutes=5), ends_at=real + timedelta(minutes=8)
    )

    assert seq == 0, "it waits"
    found = await rows("select state from pin where post_id = $1", post_id)
    assert [line["state"] for line in found] == ["waiting"]
