"""What was done here, in figures that everybody may know: by month, without names, words or cases.

Nobody is to be known by a figure: what is less than five is only told to be so, and a sum that would
give such a figure away is told by what it is at least.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import asyncpg

from quanzi.db.engine import rows
from quanzi.errors import Said, said

SITE = 0
SITE_ZONE = "Asia/Shanghai"
MONTHS, FEW = 12, 5
# Figures of a month need not be of this minute.
OLDEST = 300.0
MOST_KEPT = 500
HELD = ("hold", "refuse")
MEASURES = {"mute": "mute", "site_mute": "mute", "ban": "ban", "site_ban": "ban"}
# In the zone $1, the current month is the last.
SINCE = f"""(date_trunc('month', now() at time zone $1) - interval '{MONTHS - 1} months')
            at time zone $1"""

# None: fewer than five.
Told = int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """`exact`: whether it is just so many; otherwise it is more or as many."""

    least: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Month:
    """`decisions`: by category and action. `decided`: their sum. `wait`: from a case's beginning to
    its first decision, the middle one of all; None when there were few.
    """

    first: date
    decisions: Mapping[str, Mapping[str, Told]]
    decided: Sum
    measures: Mapping[str, Told]
    machine: Mapping[str, Told]
    reports: Told
    appeals: Told
    overturned: Told
    wait: Said | None

    def __bool__(self) -> bool:
        """Whether anything happened."""
        one = (*self.measures.values(), *self.machine.values(), self.reports, self.appeals)
        return bool(self.decisions) or any(each != 0 for each in one)


_kept: OrderedDict[int, tuple[float, Sequence[Month]]] = OrderedDict()
# However many ask for the same, it is counted once.
_counting: dict[int, asyncio.Task[Sequence[Month]]] = {}


async def of_site() -> Sequence[Month]:
    return await _remembered(SITE, SITE_ZONE)


async def of_circle(circle_id: int, time_zone: str) -> Sequence[Month]:
    return await _remembered(circle_id, time_zone)


def forget() -> None:
    """The next who asks counts."""
    _kept.clear()


async def _remembered(circle_id: int, zone: str) -> Sequence[Month]:
    """The latest month first."""
    kept = _kept.get(circle_id)
    if kept and time.monotonic() - kept[0] < OLDEST:
        _kept.move_to_end(circle_id)
        return kept[1]
    counting = _counting.get(circle_id)
    if counting is None:
        counting = _counting[circle_id] = asyncio.create_task(_keep(circle_id, zone))
        counting.add_done_callback(lambda _: _counting.pop(circle_id, None))
    # Who gives up waiting does not stop it for the others.
    return await asyncio.shield(counting)


async def _keep(circle_id: int, zone: str) -> Sequence[Month]:
    counted = await _counted(circle_id, zone)
    _kept[circle_id] = time.monotonic(), counted
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return counted


async def _counted(circle_id: int, zone: str) -> Sequence[Month]:
    here = (circle_id,) if circle_id else ()
    months = await rows(EVERY, zone)
    found = [await rows(sql, zone, *here) for sql in _asked(circle_id)]
    return [_month(first, found) for (first,) in months]


EVERY = f"""
    select generate_series(date_trunc('month', now() at time zone $1),
                           date_trunc('month', now() at time zone $1)
                               - interval '{MONTHS - 1} months', interval '-1 month')::date as month
"""


def _asked(circle_id: int) -> Iterable[str]:
    """Each by the index that begins with the circle, or by time alone."""

    def here(alias: str) -> str:
        return f"and {alias}.circle_id = $2" if circle_id else ""

    yield f"""select {_month_of("d.at")}, d.category, d.action, count(*)::int as n from decision d
              where d.at >= {SINCE} {here("d")} group by 1, 2, 3"""
    # A ban that waits for a second look, or did not stand it, is none.
    yield f"""select {_month_of("d.at")}, d.measure, count(*)::int as n from decision d
              where d.at >= {SINCE} {here("d")} and d.measure <> ''
                and d.second in ('', 'confirmed') group by 1, 2"""
    yield f"""select {_month_of("v.at")}, v.action, count(*)::int as n from screening_verdict v
              where v.at >= {SINCE} {here("v")} and v.action in ('hold', 'refuse') group by 1, 2"""
    yield f"""select {_month_of("k.opened_at")}, sum(k.reports)::int as n from review_case k
              where k.opened_at >= {SINCE} {here("k")} group by 1"""
    yield f"""select {_month_of("a.created_at")}, count(*)::int as n,
                     count(*) filter (where a.state = 'overturned')::int as overturned
              from decision_appeal a where a.created_at >= {SINCE} {here("a")} group by 1"""
    # Staff who act at once open a case and decide it in one: that is no wait.
    yield f"""select {_month_of("d.at")}, count(*)::int as n,
                     percentile_cont(0.5) within group (
                         order by extract(epoch from d.at - k.opened_at)) as seconds
              from (select d.circle_id, d.case_id, min(d.at) as at from decision d
                    where d.at >= {SINCE} {here("d")} group by 1, 2) d
              join review_case k on k.circle_id = d.circle_id and k.id = d.case_id
              where k.source <> 'staff' group by 1"""


def _month_of(moment: str) -> str:
    return f"date_trunc('month', {moment} at time zone $1)::date as month"


def _month(first: date, found: Sequence[Sequence[asyncpg.Record]]) -> Month:
    """`found`: what `_asked` gave, in its order."""
    decisions, measures, machine, cases, appeals, waits = (
        [line for line in each if line["month"] == first] for each in found
    )
    by_category: dict[str, dict[str, int]] = {}
    for line in decisions:
        by_category.setdefault(line["category"], {})[line["action"]] = line["n"]
    about_people = dict.fromkeys(MEASURES.values(), 0)
    for line in measures:
        about_people[MEASURES[line["measure"]]] += line["n"]
    by_machine = dict.fromkeys(HELD, 0) | {line["action"]: line["n"] for line in machine}
    [asked, taken_back] = (appeals[0]["n"], appeals[0]["overturned"]) if appeals else (0, 0)
    return Month(
        first=first,
        decisions={name: _told(counts) for name, counts in by_category.items()},
        decided=_sum([n for counts in by_category.values() for n in counts.values()]),
        measures=_told(about_people),
        machine=_told(by_machine),
        reports=told(cases[0]["n"] if cases else 0),
        appeals=told(asked),
        overturned=told(taken_back),
        wait=_spoken(waits[0]["seconds"]) if waits and waits[0]["n"] >= FEW else None,
    )


def told(n: int) -> Told:
    return None if 0 < n < FEW else n


def _told(counts: Mapping[str, int]) -> dict[str, Told]:
    return {name: told(n) for name, n in counts.items()}


def _sum(parts: Sequence[int]) -> Sum:
    """Of each part that is not told there was at least one."""
    few = [n for n in parts if told(n) is None]
    return Sum(sum(n for n in parts if n >= FEW) + len(few), exact=not few)


def _spoken(seconds: float) -> Said:
    minutes = max(1, round(float(seconds) / 60))
    if minutes < 60:  # noqa: PLR2004 - an hour
        return said("%(n)d 分钟", n=minutes)
    if minutes < 48 * 60:
        return said("%(n)d 小时", n=round(minutes / 60))
    return said("%(n)d 天", n=round(minutes / 60 / 24))
