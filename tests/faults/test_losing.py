"""T9: every tenth, every third packet between pages and site is lost; then all of them."""

import asyncio
import json
import shutil
import subprocess
import sys

import pytest

from tests.faults.harness import ROOT
from tests.faults.lengths import LONG, told

OWN_NETWORK = ["unshare", "--net"]


def what_is_missing() -> str:
    """Why no packets can be lost here; the host's own rules are never touched."""
    for program in ("unshare", "nft", "ip"):
        if shutil.which(program) is None:
            return f"the program {program} is missing"
    tried = [*OWN_NETWORK, "sh", "-c", "ip link set lo up && nft list ruleset"]
    made = subprocess.run(tried, check=False, capture_output=True)
    return made.stderr.decode().strip() if made.returncode else ""


@pytest.mark.skipif(not LONG, reason="only with bin/test --faults")
@pytest.mark.timeout(600)
async def test_pages_miss_nothing_on_a_way_that_loses_packets(var):
    if missing := what_is_missing():
        sys.stderr.write(f"\nSKIPPED LOUDLY: no packets are lost here: {missing}\n")
        pytest.skip(missing)
    percents = ["10", "30", "100"]
    process = await asyncio.create_subprocess_exec(
        *OWN_NETWORK, sys.executable, "-m", "tests.faults.losing", str(var),
        "200", "60", *percents,
        stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0

    lines = [json.loads(line) for line in said.decode().splitlines() if line.startswith("{")]
    assert [str(line["percent"]) for line in lines] == percents
    for line in lines:
        told(
            f"T9 {line['percent']} %", p50=line["p50"], p99=line["p99"], settled=line["settled"],
            noticed=line["noticed"], counts=line["counts"],
        )  # fmt: skip
        # A head comes within 26 seconds; 18 later the kernel gives the page up.
        assert line["noticed"] <= 46
