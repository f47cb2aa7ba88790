"""The command itself: started, stopped, several at once, examined, and refusing what is unsafe."""

import asyncio
import json
import os
import re
import signal
import time
import uuid
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.faults.harness import Browser, Served, free_port, run
from tests.live.pages import equal_fresh

CIRCLE = "campus-diary"


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    """One database with the demo for all tests here: what they write does them no harm."""
    return tmp_path_factory.mktemp("running")


async def test_open_pages_are_sent_away_one_by_one_and_the_site_ends_in_time(var):
    async with Served(var) as site:
        pages = await site.pages(100, CIRCLE)
        address = f"{site.url.replace('http', 'ws')}/c/{CIRCLE}/live"
        stubborn = await connect(address, origin=site.url)
        await stubborn.send('{"resume": null}')
        await asyncio.sleep(1)
        for page in pages:
            page.keep_frames = True

        started = time.monotonic()
        assert await site.stop() == 0
        took = time.monotonic() - started

        assert took < 30
        byes = [f for page in pages for f in page.frames if f["kind"] == "bye"]
        assert len(byes) == 100
        assert all(bye["reason"] == "deploy" for bye in byes)
        assert len({bye["retry_ms"] for bye in byes}) > 50, "spread over the seconds"
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await stubborn.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012


async def test_when_it_says_where_it_is_it_is_ready(var):
    async with Served(var) as site, httpx.AsyncClient() as client:
        answer = await client.get(f"{site.url}/readyz")

    assert answer.status_code == 200
    assert answer.json()["ready"] is True


async def test_two_workers_are_one_site_and_a_dead_one_is_replaced(var):
    async with Served(var, "--workers", "2") as site:
        pages = await site.pages(12, CIRCLE)
        editor = await site.signed_in("campus-owner")
        before = await _workers(site)
        assert len(before) == 2
        assert await _counted(site, "quanzi_live_pages") == 12

        os.kill(before[0], signal.SIGKILL)
        await _presses_until_it_is_out(editor, "一个工人倒下了")
        while len(after := await _workers(site)) < 2 or after == before:
            await asyncio.sleep(0.1)
        await _presses_until_it_is_out(editor, "另一个来了")

        fresh = await pages[0].fresh()
        for page in pages:
            await page.reaches(fresh.seq, timeout=10)
        await equal_fresh(pages)
        assert "a worker ended" in site.log()


async def test_though_all_workers_die_at_once_the_site_comes_back(var):
    async with Served(var, "--workers", "2") as site, httpx.AsyncClient() as client:
        dead = await _workers(site)
        for worker in dead:
            os.kill(worker, signal.SIGKILL)
        async with asyncio.timeout(60):
            while len(await _workers(site)) < 2:
                await asyncio.sleep(0.1)
        answer = await client.get(f"{site.url}/readyz", timeout=30)

        assert answer.status_code == 200
        assert not set(dead) & set(await _workers(site))


async def test_workers_do_not_outlive_the_site(var):
    async with Served(var, "--workers", "2") as site:
        workers = await _workers(site)
        await site.kill()

        async with asyncio.timeout(30):
            while any(_command(pid) for pid in workers):
                await asyncio.sleep(0.1)


async def test_the_doctor_finds_a_healthy_site_healthy(var):
    async with Served(var):
        code, said = await run(var, "doctor")

    assert code == 0, said
    for part in ("settings", "database", "schema", "clock", "Valkey", "disk"):
        assert f"ok    {part}" in said


async def test_the_doctor_says_what_is_missing_and_how_to_mend_it(tmp_path):
    code, said = await run(tmp_path, "doctor")

    assert code == 1
    assert re.search(r"WRONG schema: missing .*identity.*; run `quanzi migrate`", said)


async def test_with_the_demos_passwords_it_does_not_leave_this_machine(var):
    port = str(free_port())
    beyond = ["serve", "--host", "0.0.0.0", "--port", port]  # noqa: S104 - the point of it

    code, said = await run(var, *beyond)
    assert code == 1
    assert "QUANZI_URL must be set" in said

    code, said = await run(var, *beyond, QUANZI_URL="https://quanzi.example")
    assert code == 1
    assert "the demo password" in said


async def test_a_taken_port_is_one_clear_line(var):
    async with Served(var) as site:
        code, said = await run(var, "serve", "--port", str(site.port))

    assert code == 1
    assert said.startswith(f"quanzi: Cannot listen on 127.0.0.1:{site.port}")
    assert "Traceback" not in said


async def test_logs_are_lines_of_json_with_the_reference_that_the_reader_saw(var):
    async with Served(var) as site, httpx.AsyncClient() as client:
        answer = await client.get(f"{site.url}/c/no-such-circle")
        await asyncio.sleep(0.2)
        lines = [json.loads(line) for line in site.log().splitlines() if line.startswith("{")]

    reference = answer.headers["x-request-id"]
    assert reference in answer.text
    assert any(line.get("ref") == reference and line.get("status") == 404 for line in lines)


async def _presses_until_it_is_out(editor: Browser, body: str) -> None:
    """The connection that she had may have ended with its worker: she presses again."""
    key = str(uuid.uuid4())
    for _ in range(3):
        try:
            answer = await editor.post(f"/c/{CIRCLE}/posts", body=body, idempotency_key=key)
        except httpx.TransportError:
            continue
        assert answer.status_code == 303
        return
    raise AssertionError("three times in vain")


async def _workers(site: Served) -> list[int]:
    assert site.process is not None
    found = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    return [pid for pid in map(int, found) if b"quanzi.worker" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


async def _counted(site: Served, figure: str) -> float:
    async with httpx.AsyncClient() as client:
        text = (await client.get(f"{site.url}/metrics")).text
    found = re.search(rf"^{figure} (\S+)$", text, re.MULTILINE)
    assert found, text
    return float(found[1])


async def test_an_empty_site_says_how_to_set_it_up_and_no_longer_when_it_is(tmp_path_factory):
    var = tmp_path_factory.mktemp("empty")
    async with Served(var, demo=False, QUANZI_SETUP="on") as site, httpx.AsyncClient() as client:
        said = await site.process.stdout.readline() + await site.process.stdout.readline()
        opens = re.search(rb"/setup\?code=([A-Z2-9-]{14})\n", said)
        assert opens, said
        assert (site.var / "setup-code").read_bytes() == opens[1]
        assert (site.var / "setup-code").stat().st_mode & 0o077 == 0
        answer = await client.get(site.url)
        assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
        page = (await client.get(f"{site.url}/setup?code={opens[1].decode()}")).text
        assert opens[1].decode() in page
        mark = re.search(r'name="_csrf_token" value="(\w+)"', page)[1]
        form = {"code": opens[1].decode(), "handle": "lin", "password": "erst-mal-rein",
                "site_name": "河边", "_csrf_token": mark}  # fmt: skip
        answer = await client.post(f"{site.url}/setup", data=form)
        assert answer.status_code == 303, answer.text

    async with Served(var, demo=False, QUANZI_SETUP="on") as site, httpx.AsyncClient() as client:
        assert not (site.var / "setup-code").exists()
        assert (await client.get(f"{site.url}/setup")).status_code == 404
        assert "河边" in (await client.get(f"{site.url}/discover")).text
