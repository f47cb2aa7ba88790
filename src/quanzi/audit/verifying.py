"""Reading the whole log in its order, beside the anchors: is it what was written?"""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.audit import chain
from quanzi.audit.anchors import Anchor
from quanzi.audit.diagnosing import Fault, Why, diagnosed
from quanzi.db.engine import row, rows

AT_ONCE = 2000
# Below every number that somebody could have put there.
LOWEST = -(2**63)


@dataclass(slots=True)
class Verdict:
    """Of a log with a `fault`, everything before it was found good."""

    seq: int = 0
    hash: bytes = chain.START
    entries: int = 0
    blanked: int = 0
    anchored: int = 0
    fault: Fault | None = None


async def verify(
    anchors: Iterable[Anchor] = (),
    *,
    since: int = 0,
    told: Callable[[int], object] = lambda _: None,
) -> Verdict:
    """Up to the first bad entry. `since`: only what comes after, trusting that one.

    `told` hears after each piece how many entries it had.
    """
    verdict = await _start(since)
    waiting = deque(sorted((a for a in anchors if a.seq > since), key=lambda a: (a.seq, a.at)))
    agreed = since
    async for page in _pages(verdict.seq):
        for line in page:
            verdict.fault = await _bad(line, verdict)
            if verdict.fault is not None:
                return verdict
            while waiting and waiting[0].seq == line["seq"]:
                if waiting.popleft().hash != line["hash"]:
                    verdict.fault = _rebuilt(agreed + 1, line["seq"])
                    return verdict
                agreed, verdict.anchored = line["seq"], verdict.anchored + 1
            verdict.seq, verdict.hash = line["seq"], line["hash"]
            verdict.entries += 1
            verdict.blanked += line["salt"] is None
        told(len(page))
    if waiting:
        verdict.fault = _cut(verdict.seq, waiting[-1].seq)
    return verdict


async def latest(count: int, anchors: Iterable[Anchor] = ()) -> Verdict:
    """As `verify`, only of the last so many."""
    [found] = await rows("select coalesce(max(seq), 0) as seq from audit_entry")
    return await verify(anchors, since=max(found["seq"] - count, 0))


async def _start(since: int) -> Verdict:
    found = await row("select hash from audit_entry where seq = $1", since) if since > 0 else None
    return Verdict() if found is None else Verdict(since, found["hash"])


async def _pages(seq: int) -> AsyncIterator[Sequence[asyncpg.Record]]:
    """Each begins with the last of the one before, or a number that is there twice could hide."""
    known = seq > 0
    start = seq if known else LOWEST
    while True:
        page = await rows(
            f"""select {chain.COLUMNS} from audit_entry where seq >= $1
                order by seq limit {AT_ONCE}""",
            start,
        )
        fresh = page[1:] if known else page
        if not fresh:
            return
        yield fresh
        known, start = True, page[-1]["seq"]


async def _bad(line: asyncpg.Record, verdict: Verdict) -> Fault | None:
    due = verdict.seq + 1
    if line["seq"] != due or line["before"] != verdict.hash or not chain.fits(line, due):
        return await diagnosed(line, due, verdict.hash)
    if not chain.has_its_words(line):
        return Fault(due, Why.DETAIL, f"Entry {due}: its detail was altered.")
    return None


def _rebuilt(first: int, anchored: int) -> Fault:
    return Fault(
        first,
        Why.REBUILT,
        f"Entries {first} to {anchored}: rewritten, since the anchor of {anchored} has another hash.",
    )


def _cut(head: int, anchored: int) -> Fault:
    return Fault(
        head + 1,
        Why.CUT,
        f"Entry {head + 1}: cut off with all that came after, since there is an anchor of {anchored}.",
    )
