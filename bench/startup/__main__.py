"""How long until the site can be read, and what an idle one holds.

    bin/bench startup [TIMES]

On servers that run already and a database that is up to date, as after a deployment; beside the same
interpreter importing what the site stands on, which nobody can be faster than.
"""

import os
import statistics
import subprocess
import sys
import time

from bench.fanout.site import prepared
from bench.fanout.watching import rss

STANDS_ON = (
    "import litestar, uvicorn, uvloop, asyncpg, jinja2, piccolo.table, valkey.asyncio, PIL.Image"
)


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with prepared() as (_, port):
        ready, held = zip(*(_started(port) for _ in range(times + 1)), strict=True)
        bare = [_imported() for _ in range(times)]
    # The first one made the tables.
    whole, limit = statistics.median(ready[1:]), statistics.median(bare)
    print("| what is started | seconds until it answers | MB |\n|---|---|---|")
    print(f"| the interpreter with what the site stands on | {limit:.2f} | |")
    print(
        f"| the site | {whole:.2f} ({whole / limit:.2f}×) | {statistics.median(held) / 1e6:.0f} |"
    )
    print(f"\nLoad of the machine: {os.getloadavg()[0]:.1f}.")


def _started(port: int) -> tuple[float, int]:
    """Seconds, and bytes that the process holds then."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "quanzi.cli", "serve", "--no-demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        while b"Quanzi is at" not in (said := process.stdout.readline()):
            assert said, "It did not start."
        return time.perf_counter() - begun, rss(process.pid)
    finally:
        process.terminate()
        process.communicate()


def _imported() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", STANDS_ON], check=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
