"""How long to wait before who did not answer is tried again: longer each time, and as they ask for it."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from quanzi import clock

PAUSES = (5, 30, 120, 900, 3_600, 21_600, 86_400)
LONGEST = 86_400.0


def pause(tries: int, headers: Mapping[str, str]) -> float:
    """Seconds, after so many failures one after the other. `headers`: of the last answer."""
    usual = PAUSES[min(tries, len(PAUSES) - 1)] * random.uniform(0.9, 1.1)  # noqa: S311 - spread only
    return max(usual, asked_pause(headers))


def asked_pause(headers: Mapping[str, str]) -> float:
    """Seconds, of a Retry-After in either of its forms; 0 for none that can be read."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdecimal():
        return min(float(asked), LONGEST)
    try:
        at = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, min(_seconds_until(at), LONGEST))


def _seconds_until(at: datetime) -> float:
    return (at - clock.now()).total_seconds()
