"""T31: the way back to a moment that `docs/operating.md` describes: a base and the archived log."""

import asyncio
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg
import pytest

from quanzi.backup import programs
from quanzi.servers import ServersFailed, hold
from tests.faults.harness import Browser, Served, run
from tests.faults.lengths import told
from tests.privacy.test_canaries import HOUSE, PASSWORD

ARCHIVING = {
    "archive_mode": "on",
    "archive_command": "test ! -f {archive}/%f && cp %p {archive}/%f",
}


@dataclass(slots=True)
class Archived:
    """A site that archived while people wrote; `moment`: after the sixth of nine posts."""

    var: Path
    archive: Path
    base: Path
    moment: datetime
    epoch: str
    owner: tuple[int, int]


@pytest.fixture(scope="module")
async def archived(tmp_path_factory):
    var = tmp_path_factory.mktemp("archived")
    archive, base = var / "archive", tmp_path_factory.mktemp("bases") / "base"
    archive.mkdir()
    archive.chmod(0o777)
    with hold(var, postgres=True, valkey=True) as held:
        for name, value in ARCHIVING.items():
            text = value.format(archive=archive)
            await asked(held.database_url, f"alter system set {name} = '{text}'")
    with hold(var, postgres=True, valkey=True) as held:
        url = held.database_url
        async with Served(var, demo=False) as site:
            writer = await _writer(site, url)
            await _writes(writer, 1, 3)
            tool("pg_basebackup", "-D", str(base), "--checkpoint=fast", "-d", url)
            tool("pg_verifybackup", str(base))
            await _writes(writer, 4, 6)
            moment = await asked(url, "select clock_timestamp()")
            await asyncio.sleep(0.1)
            await _writes(writer, 7, 9)
            epoch = await asked(url, "select quanzi_epoch()")
        last = await asked(url, "select pg_walfile_name(pg_switch_wal())")
        async with asyncio.timeout(30):
            while not (archive / last).exists():
                await asyncio.sleep(0.1)
    found = (var / "postgres").stat()
    return Archived(var, archive, base, moment, epoch, (found.st_uid, found.st_gid))


async def _writer(site: Served, url: str) -> Browser:
    writer = Browser(site)
    site._opened.append(writer)
    await writer._learn_token("/signup")
    await writer.post("/signup", handle="looks-after", name="看管的", password=PASSWORD)
    await writer._learn_token("/me/sessions")
    await asked(url, HOUSE)
    # Who is new may post only a few times a day.
    await asked(url, "update member set created_at = now() - interval '60 days';")
    return writer


async def _writes(writer: Browser, first: int, last: int) -> None:
    for number in range(first, last + 1):
        answer = await writer.post("/c/night-run/posts", body=f"第 {number} 篇，天气不错")
        assert answer.status_code == 303, answer.text


async def asked(url: str, sql: str):
    connection = await asyncpg.connect(url)
    try:
        return await (connection.execute(sql) if ";" in sql else connection.fetchval(sql))
    finally:
        await connection.close()


def tool(name: str, *arguments: str) -> None:
    program, _ = programs.find(name, 18)
    done = subprocess.run([program, *arguments], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def gone_back(archived: Archived, until: datetime, archive: Path) -> None:
    """The disk is new; the base is laid down and told how far to go."""
    data = archived.var / "postgres"
    shutil.rmtree(data)
    shutil.copytree(archived.base, data)
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{until.isoformat()}'\n")
        settings.write("recovery_target_action = 'promote'\narchive_mode = 'off'\n")
    (data / "recovery.signal").touch()
    for path in (data, *data.rglob("*")):
        os.chown(path, *archived.owner)
    data.chmod(0o700)


async def test_the_site_goes_back_to_the_moment_before_the_mistake(archived):
    began = time.monotonic()
    gone_back(archived, archived.moment, archived.archive)
    with hold(archived.var, postgres=True, valkey=True) as held:
        url = held.database_url
        async with asyncio.timeout(60):
            while await asked(url, "select pg_is_in_recovery()"):
                await asyncio.sleep(0.1)
        async with Served(archived.var, demo=False) as site:
            writer = Browser(site)
            site._opened.append(writer)
            await writer.sign_in("looks-after", PASSWORD)
            page = (await writer.client.get("/c/night-run")).text
            told("T31", back_after_seconds=time.monotonic() - began)
            shown = sorted(int(n) for n in re.findall(r"第 (\d) 篇", page))
            assert shown == [1, 2, 3, 4, 5, 6]
            await _writes(writer, 10, 10)
            code, said = await run(archived.var, "audit", "verify")
            assert code == 0, said
        numbers = await asked(
            url, "select array_agg(seq order by seq) from circle_event where op = 'post.published'"
        )
        assert numbers == list(range(1, 8))
        assert await asked(url, "select quanzi_epoch()") != archived.epoch


async def test_a_piece_of_the_log_that_is_missing_is_told_and_nothing_opens(archived, tmp_path):
    """Not the silence of a site that is there, and lacks what was written last."""
    poor = archived.var / "poor"
    poor.mkdir()
    poor.chmod(0o755)
    gone_back(archived, archived.moment, poor)

    with pytest.raises(ServersFailed), hold(archived.var, postgres=True, valkey=False):
        pass

    log = (archived.var / "log" / "postgresql.log").read_text()
    assert "recovery ended before configured recovery target was reached" in log


async def test_a_page_that_rotted_in_the_base_is_named(archived, tmp_path):
    rotten = shutil.copytree(archived.base, tmp_path / "rotten")
    file = max(rotten.glob("base/*/[0-9]*"), key=lambda each: each.stat().st_size)
    bits = bytearray(file.read_bytes())
    bits[len(bits) // 2] ^= 0x10
    file.write_bytes(bits)

    program, _ = programs.find("pg_verifybackup", 18)
    done = subprocess.run([program, str(rotten)], check=False, capture_output=True, text=True)

    assert done.returncode == 1
    assert str(file.relative_to(rotten)) in done.stderr
