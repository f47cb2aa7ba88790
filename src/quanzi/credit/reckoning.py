"""Recounting accounts from the ledger: they must agree, always."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from quanzi.db.engine import rows

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    member_id: int
    total: int
    entries: int


async def recounted() -> AsyncIterator[tuple[int, list[Difference]]]:
    """Piece by piece: how many accounts were recounted, and which of them differ."""
    last = 0
    while True:
        found = await rows(
            f"""select a.member_id, a.total, coalesce(e.sum, 0)::int as entries
                from (select member_id, total from credit_account where member_id > $1
                      order by member_id limit {AT_ONCE}) a
                left join lateral (select sum(points) from credit_entry
                                   where member_id = a.member_id) e on true
                order by a.member_id""",
            last,
        )
        if not found:
            return
        last = found[-1]["member_id"]
        yield (
            len(found),
            [Difference(*line) for line in found if line["total"] != line["entries"]],
        )
