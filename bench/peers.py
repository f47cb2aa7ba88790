"""An environment of its own for what Quanzi is held against: Django and Channels."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOM = HERE.parent / ".venv-peers"


def installed() -> Path | None:
    """Its Python; None where it cannot be made, as without a way to a package index."""
    python, done = ROOM / "bin" / "python", ROOM / "done"
    wanted = HERE / "peers.txt"
    if done.exists() and done.read_text() == wanted.read_text():
        return python
    subprocess.run([sys.executable, "-m", "venv", str(ROOM)], check=True)
    asked = [str(python), "-m", "pip", "install", "--quiet", "-r", str(wanted)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        return None
    done.write_text(wanted.read_text())
    return python
