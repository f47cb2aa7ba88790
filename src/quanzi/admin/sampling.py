"""The last three hours of this machine's figures, a point a minute: what a process remembers itself,
so that there is a plot where nobody has set up a monitor.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry

from quanzi import clock
from quanzi.admin import remembered, waiting
from quanzi.admin.measures import BACKUP, OLDEST, WAITING
from quanzi.db.engine import database_now
from quanzi.web.health import registry

KEPT = 180
SERVER_FAULT = "5"


@dataclass(frozen=True, slots=True)
class Sample:
    """`requests`, `faults`: since the process started. `pages`: open now."""

    at: datetime
    requests: int
    faults: int
    pages: int


@dataclass(frozen=True, slots=True)
class Course:
    """Per minute; the first point is what came after the first sample."""

    at: Sequence[datetime]
    requests: Sequence[int]
    faults: Sequence[int]
    pages: Sequence[int]


_samples: deque[Sample] = deque(maxlen=KEPT + 1)


async def take() -> int:
    """0: nothing is left to do, as a ticker asks it."""
    _samples.append(_sample(registry()))
    now = await database_now()
    for queue in await waiting.queues():
        WAITING.labels(queue.name).set(queue.due)
        seconds = (now - queue.since).total_seconds() if queue.since else 0
        OLDEST.labels(queue.name).set(max(0, seconds))
    last = remembered.last()
    BACKUP.set(time.time() - last.at if last else -1)
    return 0


def course() -> Course:
    pairs = list(zip(_samples, list(_samples)[1:], strict=False))
    return Course(
        [new.at for _, new in pairs],
        # A worker that was replaced takes its figures along.
        [max(0, new.requests - old.requests) for old, new in pairs],
        [max(0, new.faults - old.faults) for old, new in pairs],
        [new.pages for _, new in pairs],
    )


def looks(found: CollectorRegistry) -> list[tuple[str, int, int]]:
    """What is looked after: name, how much was done, how often looking failed."""
    done, failed = _by_label(found, "quanzi_due_done"), _by_label(found, "quanzi_due_failed")
    return [(name, done.get(name, 0), failed.get(name, 0)) for name in sorted({*done, *failed})]


def _sample(found: CollectorRegistry) -> Sample:
    requests = faults = pages = 0
    for family in found.collect():
        for each in family.samples:
            if each.name == "quanzi_requests_total":
                requests += int(each.value)
                faults += int(each.value) if each.labels["status"].startswith(SERVER_FAULT) else 0
            elif each.name == "quanzi_live_pages":
                pages += int(each.value)
    return Sample(clock.now(), requests, faults, pages)


def _by_label(found: CollectorRegistry, name: str) -> dict[str, int]:
    return {
        each.labels["what"]: int(each.value)
        for family in found.collect()
        if family.name == name
        for each in family.samples
        if each.name.endswith("_total")
    }
