"""What was done to a log at the place where it stops making sense."""

from dataclasses import dataclass
from enum import StrEnum

import asyncpg

from quanzi.audit import chain
from quanzi.db.engine import row

# So many entries taken out or put in at one place are still told from an altered one.
FAR = 1000


class Why(StrEnum):
    ALTERED = "altered"
    MISSING = "missing"
    SWAPPED = "swapped"
    INSERTED = "inserted"
    DETAIL = "detail"
    CUT = "cut"
    REBUILT = "rebuilt"


@dataclass(frozen=True, slots=True)
class Fault:
    """`seq`: the first bad entry; `said`: what is wrong with it, in one line."""

    seq: int
    why: Why
    said: str


async def diagnosed(line: asyncpg.Record, due: int, before: bytes) -> Fault:
    """`line` stands where the entry `due` should, whose predecessor has the hash `before`."""
    if line["seq"] < due:
        seq = line["seq"]
        return Fault(seq, Why.INSERTED, f"Entry {seq}: inserted, the number is there twice.")
    elsewhere = await row(
        f"select {chain.COLUMNS} from audit_entry where before = $1 and seq > $2 order by seq limit 1",
        before,
        due,
    )
    if elsewhere is not None and chain.fits(elsewhere, due):
        return _moved(line, due, elsewhere["seq"])
    if line["seq"] > due:
        return _missing(due, line["seq"] - 1)
    return _misplaced(line, due)


def _moved(line: asyncpg.Record, due: int, to: int) -> Fault:
    """The entry itself is still there, under another number."""
    if line["seq"] > due or chain.fits(line, to):
        return Fault(due, Why.SWAPPED, f"Entry {due}: swapped, it stands at {to}.")
    return Fault(due, Why.INSERTED, f"Entry {due}: inserted, the real one stands at {to}.")


def _misplaced(line: asyncpg.Record, due: int) -> Fault:
    """By the number it was written with, if there is one that it fits."""
    for seq in sorted(range(max(due - FAR, 1), due + FAR), key=lambda seq: abs(seq - due)):
        if not chain.fits(line, seq):
            continue
        if seq > due:
            return _missing(due, seq - 1)
        if seq < due:
            return Fault(seq, Why.INSERTED, f"Entry {seq}: inserted, {due} was written as {seq}.")
        # It is whole, and was written after another entry than the one that stands before it.
        bad = max(due - 1, 1)
        return Fault(bad, Why.ALTERED, f"Entry {bad}: altered, {due} was chained to another.")
    return Fault(due, Why.ALTERED, f"Entry {due}: altered.")


def _missing(first: int, last: int) -> Fault:
    which = f"Entry {first}" if first == last else f"Entries {first} to {last}"
    return Fault(first, Why.MISSING, f"{which}: missing.")
