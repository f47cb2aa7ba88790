"""Tools from npm, pinned in `node/package-lock.json`; set up once beside `.venv-test`."""

import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

PINNED = Path(__file__).parent / "node"
MADE = Path(__file__).resolve().parents[2] / ".node-test"


def program(name: str) -> str:
    """Where it is; or the test is left out, and says why."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"this machine has no '{name}'")
    return found


@cache
def installed() -> Path:
    """The folder of packages, as the lock has them; not one of them runs anything to be set up."""
    npm = program("npm")
    lock = (PINNED / "package-lock.json").read_bytes()
    stamp = hashlib.sha256(lock).hexdigest()
    made_from = MADE / "made-from"
    if not made_from.is_file() or made_from.read_text() != stamp:
        shutil.rmtree(MADE, ignore_errors=True)
        shutil.copytree(PINNED, MADE)
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=MADE, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"npm could not set up the tools:\n{done.stderr[-2000:]}"
        made_from.write_text(stamp)
    return MADE / "node_modules"
