"""What the figures have been: a line for each, so that what got worse shows."""

import csv
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.report.figures import Figure

FILE = Path(__file__).resolve().parents[1] / "history.csv"
HEAD = ("date", "commit", "figure", "value")
# Two runs on one machine differ by that much without anybody's doing.
NOISE = 0.2
ENOUGH = 3


def read() -> Mapping[str, Sequence[tuple[str, float]]]:
    """Figure → (date, value), the oldest first."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    if FILE.exists():
        with FILE.open(newline="") as file:
            for line in csv.DictReader(file):
                found[line["figure"]].append((line["date"], float(line["value"])))
    return found


def add(figures: Sequence[Figure], commit: str, date: str) -> None:
    new = not FILE.exists()
    with FILE.open("a", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(HEAD)
        writer.writerows((date, commit, each.name, f"{each.value:g}") for each in figures)


def verdict(figure: Figure, before: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """Beside the middle of the runs before; nothing while these are few."""
    values = [value for _, value in before.get(figure.name, ())]
    if len(values) < ENOUGH:
        return ""
    middle = statistics.median(values)
    change = (figure.value - middle) / middle if middle else 0.0
    worse = change if figure.less else -change
    return f"— WORSE: it was {middle:g}" if worse > NOISE else f"(was {middle:g})"
