"""Where those came from who began to follow."""

from collections.abc import Sequence

from quanzi.circles.arriving import SOURCES
from quanzi.db.engine import rows
from quanzi.errors import Said, said
from quanzi.insights.few import FEW
from quanzi.insights.scope import Scope

REST = said("其他和未知")


async def read(scope: Scope) -> Sequence[tuple[Said, int]]:
    """The most first; what is too small to be told goes with the rest, if that is not too small."""
    found = await rows(
        """select source, sum(joined)::int as n from source_day
           where circle_id = any($1::bigint[]) and day between $2 and $3
           group by source order by n desc, source""",
        list(scope.circle_ids),
        scope.first,
        scope.last,
    )
    known = {line["source"]: line["n"] for line in found if line["source"] and line["n"] >= FEW}
    small = [line["n"] for line in found if line["source"] and line["n"] < FEW]
    rest = sum(line["n"] for line in found if not line["source"]) + sum(small)
    lines = [(SOURCES[source], n) for source, n in known.items()]
    # One small group alone would be read off the sum of all.
    return [*lines, (REST, rest)] if rest >= FEW and len(small) != 1 else lines
