"""All faults at once, for a while, and then everything compared:

    [unshare --net] python -m tests.faults.combining FOLDER PAGES SECONDS SEED LOSING

In a network namespace of its own packets are lost, too (`LOSING` 1). Prints a line of JSON.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg

from quanzi.servers import hold
from quanzi.servers.held import Held
from tests.faults.breaking import Breaking
from tests.faults.crowds import Crowd
from tests.faults.deeds import Deeds
from tests.faults.explaining import unexplained
from tests.faults.harness import Served, run
from tests.faults.leftovers import nothing_is_left
from tests.faults.losing import PAGES_AT
from tests.faults.proxies import Proxy
from tests.faults.reckoning import everything_adds_up
from tests.faults.test_postgres import is_back
from tests.faults.writers import CIRCLES, Writers

SHORT = 60
DEEDS_A_SECOND, CHURN = 0.8, 2.0


async def main(folder: Path, pages: int, seconds: float, seed: int, *, losing: bool) -> None:
    if losing:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with hold(folder, postgres=True, valkey=True) as held:
        async with Served(folder, "--workers", "2") as site:
            before, log_from = await _last_post(held), len(site.log())
            said = await _broken(site, held, pages, seconds, seed, losing=losing)
            said |= await nothing_is_left(site, held.database_url, held.valkey_url)
            database = await asyncpg.connect(held.database_url)
            await everything_adds_up(database, said.pop("deeds"), before)
            await database.close()
            (folder / "combined.log").write_text(site.log()[log_from:])
            odd, explained = unexplained(site.log()[log_from:], said.pop("happened"))
            assert not odd, odd[:5]
            said["complaints"] = dict(explained)
        said["checks"] = await asyncio.gather(
            *(_says(folder, *asked) for asked in (("audit", "verify"), ("credit", "check")))
        )
    sys.stdout.write(json.dumps(said) + "\n")


async def _broken(
    site: Served, held: Held, pages: int, seconds: float, seed: int, *, losing: bool
) -> dict[str, Any]:
    async with Writers(site) as writers, Crowd() as crowd, Proxy([site.port]) as proxy:
        deeds = Deeds(writers, held.database_url, seed)
        await deeds.the_judge_comes()
        # Every third try of a page goes through the proxy.
        await crowd.open(
            [site.port, site.port, proxy.port], CIRCLES, pages=pages,
            come_from=PAGES_AT if losing else "",
        )  # fmt: skip
        await crowd.figures()
        breaking = Breaking(
            site, crowd, proxy, seed=seed, losing=losing, pages=pages,
            database_url=held.database_url, valkey_url=held.valkey_url,
            pauses=(0.3, 1.5) if seconds < SHORT else (1, 12),
        )  # fmt: skip
        doing = [
            asyncio.create_task(
                deeds.go_on(DEEDS_A_SECOND * (3 if seconds < SHORT else 1), seconds)
            ),
            asyncio.create_task(crowd.tell("churn", each_second=CHURN, seconds=seconds)),
        ]
        async with breaking:
            await breaking.go_on(seconds)
        over = time.monotonic()
        back = await is_back(site, 30)
        await asyncio.gather(*doing)
        answered = time.monotonic() - over
        settled = await crowd.settled(within=60)
        figures = await crowd.figures()
        await crowd.tell("leave")
    sure = deeds.done["post"]
    return {
        "deeds": deeds, "happened": breaking.happened, "faults": breaking.counted(),
        "done": dict(deeds.done), "refused": deeds.refused[:20], "lives": len(deeds.lives),
        "sure": sure, "statuses": {str(k): n for k, n in writers.statuses.items()},
        "back": back, "answered": answered, "settled": settled, "figures": figures,
    }  # fmt: skip


async def _last_post(held: Held) -> int:
    database = await asyncpg.connect(held.database_url)
    try:
        return int(await database.fetchval("select max(id) from post"))
    finally:
        await database.close()


async def _says(folder: Path, *asked: str) -> str:
    code, said = await run(folder, *asked)
    assert code == 0, said
    return said.strip().splitlines()[-1]


if __name__ == "__main__":
    asyncio.run(
        main(
            Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]),
            losing=sys.argv[5] == "1",
        )
    )  # fmt: skip
