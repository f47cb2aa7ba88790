"""What a site still holds when everybody has left: files, connections, transactions."""

import asyncio
import time
from pathlib import Path
from typing import Any

import asyncpg
from valkey.asyncio import Valkey

from tests.faults.harness import Served
from tests.faults.test_running import _counted, _workers
from tests.faults.test_slow import rss

# A pool of ten, as many lines to Valkey, the loop's own, the log, the sockets that are listened on,
# and the kernel's ring with its three maps.
MOST_FILES = 54
POOL = 10
PATIENCE = 60


def files(pid: int) -> list[str]:
    found = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(each.readlink()))
        except OSError:
            continue
    return found


def strangers(pid: int, port: int) -> int:
    """Connections that came in at this port and are still held by this process."""
    ours = {name[8:-1] for name in files(pid) if name.startswith("socket:[")}
    held = 0
    for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
        _, here, _, state, *_, inode = line.split()[:10]
        held += inode in ours and int(here.split(":")[1], 16) == port and state != "0A"
    return held


async def nothing_is_left(site: Served, database_url: str, valkey_url: str) -> dict[str, Any]:
    """Browsers' connections are kept for half a minute; then nobody is there any more."""
    workers, started = await _workers(site), time.monotonic()
    while any(strangers(pid, site.port) for pid in workers):
        assert time.monotonic() - started < PATIENCE, "somebody is held who has left"
        await asyncio.sleep(0.5)
    assert await _counted(site, "quanzi_live_pages") == 0
    most = max(len(files(pid)) for pid in workers)
    assert most <= MOST_FILES, sorted(files(workers[0]))
    database = await asyncpg.connect(database_url)
    lines = await database.fetchval(
        "select count(*) from pg_stat_activity where application_name = 'quanzi'"
    )
    await database.close()
    assert lines <= len(workers) * POOL
    valkey = Valkey.from_url(valkey_url)
    bells = len(await valkey.client_list())
    await valkey.aclose()
    return {
        "files": most, "to_postgres": lines, "to_valkey": bells,
        "rss_mb": max(rss(pid) for pid in workers) / 1e6,
    }  # fmt: skip
