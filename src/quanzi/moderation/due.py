"""How soon a case should be decided, which is also its place in the queue. No I/O."""

import math
from datetime import timedelta

# By how bad it would be to leave it standing.
TARGETS: dict[str, timedelta] = {
    "sexual": timedelta(hours=1),
    "fraud": timedelta(hours=1),
    "violence": timedelta(hours=1),
    "contraband": timedelta(hours=1),
    "gambling": timedelta(hours=4),
    "privacy": timedelta(hours=2),
    "abuse": timedelta(hours=4),
    "advertising": timedelta(hours=12),
    "other": timedelta(hours=24),
}
MOST_HASTE = 6.0


def within(category: str, *, reach: int, reports: int) -> timedelta:
    """The more people see it, and the more of them report it, the sooner."""
    haste = 1 + math.log10(1 + max(0, reach)) / 2 + max(0, reports - 1) / 2
    return TARGETS.get(category, TARGETS["other"]) / min(haste, MOST_HASTE)
