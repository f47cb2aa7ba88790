"""All of an insights page, read for one scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import asyncpg

from quanzi.errors import Said
from quanzi.insights import answering, best, charts, daily, marks, origins, rhythm, staying
from quanzi.insights.answering import Answers
from quanzi.insights.charts import Bars, Line
from quanzi.insights.daily import Days
from quanzi.insights.marks import Mark
from quanzi.insights.scope import Scope
from quanzi.insights.staying import Cohort


@dataclass(frozen=True, slots=True)
class Report:
    scope: Scope
    days: Days
    weeks: Sequence[tuple[date, int | None]]
    marks: Sequence[Mark]
    rhythm: Sequence[Sequence[int]]
    cohorts: Sequence[Cohort]
    origins: Sequence[tuple[Said, int]]
    posts: Sequence[asyncpg.Record]
    pins: Sequence[asyncpg.Record]
    topics: Sequence[asyncpg.Record]
    members: Sequence[asyncpg.Record]
    answers: Answers
    requests: Mapping[str, int | None]

    @property
    def growth(self) -> Line:
        return charts.line([each.followers for each in self.days.days])

    @property
    def coming(self) -> Bars:
        """Who came above the line, who left below."""
        days = self.days.days
        return charts.bars([each.joined for each in days], [each.gone for each in days])

    def bars(self, name: str) -> Bars:
        return charts.bars([getattr(each, name) or 0 for each in self.days.days])

    @property
    def marked(self) -> Sequence[int]:
        """The days, from 0, on which something was posted or pinned."""
        return sorted({(each.day - self.scope.first).days for each in self.marks})

    @property
    def most_seen(self) -> int:
        return max(max(hours) for hours in self.rhythm)


async def read(scope: Scope) -> Report:
    return Report(
        scope,
        await daily.read(scope),
        await daily.weeks(scope),
        await marks.read(scope),
        await rhythm.read(scope),
        await staying.read(scope),
        await origins.read(scope),
        await best.posts(scope),
        await best.pins(scope),
        await best.topics(scope),
        await best.members(scope),
        await answering.read(scope),
        await answering.requests(scope),
    )
