"""T9, in a network namespace that ends with it:

    unshare --net python -m tests.faults.losing FOLDER PAGES SECONDS PERCENT…

Pages come from an address of their own, 127.0.0.2, so that only what they are sent and send is lost.
Prints a line of JSON for each percentage; 100 is a way that is dead, of which nobody is told.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.crowds import Crowd
from tests.faults.harness import Served
from tests.faults.test_running import _counted
from tests.faults.writers import CIRCLES, Writers, nothing_lost_nothing_twice

PAGES_AT = "127.0.0.2"
DEAD = 100


def lose(percent: int) -> None:
    rules = "flush ruleset\n"
    if percent:
        chance = f"numgen random mod 100 < {percent} " if percent < DEAD else ""
        rules += (
            "table ip losing {\nchain input {\ntype filter hook input priority 0\n"
            f"ip saddr {PAGES_AT} {chance}drop\nip daddr {PAGES_AT} {chance}drop\n}}\n}}\n"
        )
    subprocess.run(["nft", "-f", "-"], input=rules.encode(), check=True)


async def main(folder: Path, pages: int, seconds: float, percents: list[int]) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    async with Served(folder) as site, Writers(site) as writers, Crowd() as crowd:
        await crowd.open(site.port, CIRCLES, pages=pages, come_from=PAGES_AT)
        await crowd.figures()
        for percent in percents:
            lose(percent)
            dead = percent == DEAD
            if dead:
                noticed = await _all_are_gone(site)
            else:
                noticed = 0.0
                await writers.write(CIRCLES, rate=3, seconds=seconds)
            lose(0)
            settled = await crowd.settled(within=90)
            figures = await crowd.figures()
            await nothing_lost_nothing_twice(site, writers.written)
            said = {"percent": percent, "noticed": noticed, "settled": settled} | figures
            sys.stdout.write(json.dumps(said) + "\n")


async def _all_are_gone(site: Served) -> float:
    started = time.monotonic()
    while await _counted(site, "quanzi_live_pages"):
        assert time.monotonic() - started < 100
        await asyncio.sleep(0.5)
    return time.monotonic() - started


if __name__ == "__main__":
    asyncio.run(
        main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), [*map(int, sys.argv[4:])])
    )
