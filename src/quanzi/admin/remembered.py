"""When the last backup was made, for who asks whether it is time for another."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from quanzi.settings import settings


@dataclass(frozen=True, slots=True)
class Last:
    """`at`: seconds since 1970."""

    at: float
    file: str


def _file() -> Path:
    return settings().var / "last-backup"


def note(made: Path) -> None:
    fresh = _file().with_suffix(".new")
    fresh.write_text(json.dumps({"at": time.time(), "file": str(made)}))
    fresh.replace(_file())


def last() -> Last | None:
    """None when none is known of."""
    try:
        said = json.loads(_file().read_text())
        return Last(float(said["at"]), str(said["file"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
