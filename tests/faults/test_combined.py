"""Everything that can break, at once and by chance, while people do everything; then it must add up."""

import asyncio
import json
import os
import random
import sys

import pytest

from tests.faults.harness import ROOT
from tests.faults.lengths import LONG, long_or, told
from tests.faults.test_losing import OWN_NETWORK, what_is_missing

# What a form may be answered while things break; and what a browser sees of a site that is away.
CLEAR = {"303", "403", "404", "409", "422", "429", "503"}
AWAY = {"ConnectError", "ReadError", "WriteError", "RemoteProtocolError", "ReadTimeout"}


@pytest.mark.timeout(long_or(180, 1800))
async def test_whatever_breaks_while_people_do_everything_it_all_adds_up_in_the_end(var):
    seed = int(os.environ.get("QUANZI_SEED") or (random.randrange(10_000) if LONG else 7))
    sys.stdout.write(f"seed {seed}\n")
    missing = what_is_missing()
    if missing:
        sys.stderr.write(f"\nSKIPPED LOUDLY: no packets are lost here: {missing}\n")
    process = await asyncio.create_subprocess_exec(
        *([] if missing else OWN_NETWORK), sys.executable, "-m", "tests.faults.combining", str(var),
        str(int(long_or(60, 500))), str(long_or(8, 1200)), str(seed), "0" if missing else "1",
        stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode == 0, f"seed {seed}"

    said = json.loads(out)
    told("combined", seed=seed, **{k: v for k, v in said.items() if k != "refused"})
    assert set(said["statuses"]) <= CLEAR | AWAY
    assert said["sure"] >= 0.7 * said["lives"]
    for deed in ("post", "edit", "remove", "withhold", "restore", "pin", "comment", "like"):
        assert said["done"].get(deed), f"{deed} happened"
