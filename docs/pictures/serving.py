"""A demo of its own, for as long as the pictures are taken."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PORT = 8763
BASE = f"http://127.0.0.1:{PORT}"
READY_WITHIN = 180


@contextmanager
def demo() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="quanzi-pictures-") as folder:
        # The embedded servers run as a user of their own.
        Path(folder).chmod(0o755)
        serving = subprocess.Popen(
            [sys.executable, "-m", "quanzi.cli", "serve", "--port", str(PORT)],
            env=os.environ | {"QUANZI_VAR": folder},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _until_ready(serving)
            yield
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(60)


def _until_ready(serving: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and serving.poll() is None:
        try:
            with urlopen(f"{BASE}/readyz"):
                return
        except URLError:
            time.sleep(0.5)
    sys.exit("quanzi: the demo did not start.")
