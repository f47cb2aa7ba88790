"""What the child takes: asked by a small process in between, since a child counts its parent's
memory as its own from before it became another program."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from quanzi.media import SIZES, squeeze

_BETWEEN = """
import json, os, resource, subprocess, sys, time
began = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, env={})
said = child.stdout.read(1000).decode()
_, status, used = os.wait4(child.pid, 0)
print(json.dumps({
    "said": said, "code": os.waitstatus_to_exitcode(status),
    "megabytes": used.ru_maxrss * 1024 / 1e6,
    "cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - began,
}))
"""


@dataclass(frozen=True)
class Measured:
    said: str
    code: int
    megabytes: float
    cpu: float
    wall: float


def measured(source: Path, folder: Path) -> Measured:
    child: list[str | Path] = [sys.executable, "-I", squeeze.__file__, source, folder]
    child += map(str, SIZES.values())
    asked = subprocess.run(
        [sys.executable, "-I", "-c", _BETWEEN, *child], check=True, capture_output=True
    )
    return Measured(**json.loads(asked.stdout))
