"""Short in every run of the suite; as long as before a release with `bin/test --faults`."""

import os
import sys
from pathlib import Path

LONG = bool(os.environ.get("QUANZI_LONG"))


def long_or(short: float, long: float) -> float:
    return long if LONG else short


def told(name: str, **figures: object) -> None:
    """A figure for docs/reliability.md; shown with `-s`, and kept where QUANZI_FIGURES says."""
    line = f"{name}: " + ", ".join(f"{key} {_shown(value)}" for key, value in figures.items())
    sys.stdout.write(line + "\n")
    if where := os.environ.get("QUANZI_FIGURES"):
        with Path(where).open("a") as file:
            file.write(line + "\n")


def _shown(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
