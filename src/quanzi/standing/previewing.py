"""What other rules would have made of the last ninety days, before they are put in force.

Every entry of that time that still counts is weighed again. What a cap held back was never entered,
so a higher cap shows no effect here; the page says so.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import asyncpg

from quanzi.credit.bands import BANDS, band_of, held
from quanzi.credit.rules import Rules
from quanzi.db.engine import row, rows

DAYS = 90
MOST_MEMBERS = 20_000
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Effect:
    """`members`: so many were looked at, of `of`. `before`, `after`: members by band, lowest first.

    `examples`: pairs of scores before and after, the largest changes first, of nobody in particular.
    """

    members: int
    of: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    rise: int
    fall: int
    examples: tuple[tuple[int, int], ...]


async def effect(rules: Rules) -> Effect:
    of = await _how_many()
    every = -(-of // MOST_MEMBERS) if of > MOST_MEMBERS else 1
    totals = {
        line["member_id"]: line["total"]
        for line in await rows(
            "select member_id, total from credit_account where member_id % $1 = 0 limit $2",
            every,
            MOST_MEMBERS,
        )
    }
    return _summed(totals, await _weighed(every), rules, of)


async def _how_many() -> int:
    found = await row("select count(*)::int as n from credit_account")
    return int(found["n"]) if found else 0


async def _weighed(every: int) -> Sequence[asyncpg.Record]:
    return await rows(
        f"""select e.member_id, e.rule, e.detail, count(*)::int as n, sum(e.points)::int as points
            from credit_entry e
            where e.at > now() - interval '{DAYS} days' and e.reverses is null
              and e.member_id % $1 = 0
              and not exists (select 1 from credit_entry r where r.reverses = e.id)
            group by e.member_id, e.rule, e.detail""",
        every,
    )


def _summed(
    totals: Mapping[int, int], weighed: Sequence[asyncpg.Record], rules: Rules, of: int
) -> Effect:
    change: Counter[int] = Counter()
    for member_id, name, detail, n, points in weighed:
        rule = rules.get(name)
        change[member_id] += (rule.worth(detail) * n if rule else 0) - points
    scores = [(held(total), held(total + change[member_id])) for member_id, total in totals.items()]
    moved = sorted((pair for pair in scores if pair[0] != pair[1]), key=lambda p: -abs(p[1] - p[0]))
    return Effect(
        members=len(scores),
        of=of,
        before=_by_band(before for before, _ in scores),
        after=_by_band(after for _, after in scores),
        rise=sum(after > before for before, after in scores),
        fall=sum(after < before for before, after in scores),
        examples=tuple(moved[:EXAMPLES]),
    )


def _by_band(scores: Iterable[int]) -> tuple[int, ...]:
    counted = Counter(band_of(score).slug for score in scores)
    return tuple(counted[band.slug] for band in BANDS)
