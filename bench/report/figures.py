"""Which figures of which benchmark are kept: ratios, that a slower machine leaves as they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`less`: whether less is better."""

    name: str
    value: float
    less: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """`aim`: what it should be, where something was aimed for."""

    name: str
    bench: str
    pattern: str
    less: bool
    aim: float | None = None


WANTED = (
    Wanted("start-up, times the imports", "startup", r"\| the site \| [\d.]+ \(([\d.]+)×", less=True),
    Wanted("idle site, MB", "startup", r"\| the site \|[^|]*\| (\d+) ", less=True),
    Wanted("fan-out CPU, times the C loop", "fanout", r"Quanzi \| [\d.]+ \(([\d.]+)×", less=True, aim=1.25),
    Wanted("fan-out CPU of nchan, times the C loop", "fanout", r"nchan \| [\d.]+ \(([\d.]+)×", less=True),
    Wanted("open page, KB", "fanout", r"Quanzi .*\| ([\d.]+) \|$", less=True, aim=20),
    Wanted("2,000 pages back after a cut, s", "storm", r"T3: .*back ([\d.]+)", less=True, aim=20),
    Wanted("questions for what they missed", "storm", r"T3: .*catching_up (-?\d+)", less=True, aim=60),
    Wanted("visitor's page, % of a constant", "page", r"a visitor's page \| [\d,]+ \| (\d+)%", less=False, aim=60),
    Wanted("member's page, % of a constant", "page", r"a member's page \| [\d,]+ \| (\d+)%", less=False, aim=25),
    Wanted("calendar, % of a constant", "page", r"an owner's calendar \| [\d,]+ \| (\d+)%", less=False),
    Wanted("home, % of a constant", "home", r"the home page \| [\d,]+ \| (\d+)%", less=False, aim=10),
    Wanted("following, % of bare inserts", "follow", r"following, counted \| [\d,]+ \| (\d+)%", less=False),
    Wanted("follows a second", "follow", r"following, counted \| ([\d,]+) ", less=False, aim=1000),
    Wanted("posting while views are counted, times", "insights", r"posting takes ([\d.]+) times", less=True, aim=1.1),
    Wanted("a notice to all, % of bare inserts", "notices", r"(\d+)% of the bare rate", less=False),
    Wanted("large circle: visitor's page, times", "scale", r"a visitor opens .* ([\d.]+) \|$", less=True, aim=1.1),
    Wanted("large circle: member's page, times", "scale", r"a member opens .* ([\d.]+) \|$", less=True, aim=1.1),
    Wanted("large circle: following, times", "scale", r"a member follows .* ([\d.]+) \|$", less=True, aim=1.1),
    Wanted("large circle: posting, times", "scale", r"a member posts .* ([\d.]+) \|$", less=True, aim=1.1),
    Wanted("suggestions, times", "people", r"take ([\d.]+) times as long", less=True),
    Wanted("search p95, times a look-up", "search", r"p95 is [\d.]+ ms, (\d+) times", less=True),
    Wanted("a bare insert, times a credit entry", "credit", r"a second, ([\d.]+) times as many", less=True),
    Wanted("a bare insert, times an audit entry", "audit", r"a second, ([\d.]+) times as many", less=True),
    Wanted("backup, times pg_dump", "backup", r"pg_dump alone .*ours ([\d.]+) times", less=True),
    Wanted("restore, times pg_restore", "backup", r"pg_restore alone .*ours ([\d.]+) times", less=True),
)  # fmt: skip


def read(bench: str, said: str) -> Sequence[Figure]:
    """Those that can be found in what it said."""
    return [
        Figure(each.name, float(hit[1].replace(",", "")), each.less)
        for each in WANTED
        if each.bench == bench and (hit := re.search(each.pattern, said, re.MULTILINE))
    ]
