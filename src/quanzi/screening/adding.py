"""Several weak signs near each other are a strong one."""

from collections.abc import Iterable, Iterator
from math import prod
from typing import NamedTuple

from quanzi.screening.finding import Finding

# So many characters are one thought.
NEAR = 160
# Less is said by any long text.
WORTH_SAYING = 0.3
# Ways out of the site and links count for whatever else is offered there.
OFFERED = frozenset({"sexual", "gambling", "fraud", "contraband", "other"})


class Sign(NamedTuple):
    """`what`: the same thing said twice is one sign."""

    finding: Finding
    what: str


def together(signs: Iterable[Sign]) -> Iterator[Finding]:
    by_category: dict[str, list[Sign]] = {}
    contacts = []
    for sign in signs:
        by_category.setdefault(sign.finding.category, []).append(sign)
        if sign.finding.rule in {"contact", "lead-in", "link"}:
            contacts.append(sign)
    for category, some in by_category.items():
        also = contacts if category in OFFERED else []
        found = _strongest(category, sorted((*some, *also), key=lambda sign: sign.finding.start))
        if found:
            yield found


def _strongest(category: str, signs: list[Sign]) -> Finding | None:
    """Over all windows, the one that says most."""
    best: Finding | None = None
    first = 0
    times: dict[str, int] = {}
    weights: dict[str, float] = {}
    for sign in signs:
        times[sign.what] = times.get(sign.what, 0) + 1
        weights[sign.what] = max(weights.get(sign.what, 0.0), sign.finding.score)
        while signs[first].finding.start < sign.finding.start - NEAR:
            gone = signs[first].what
            times[gone] -= 1
            if not times[gone]:
                del times[gone], weights[gone]
            first += 1
        score = 1 - prod(1 - weight for weight in weights.values())
        if len(weights) > 1 and score >= WORTH_SAYING and (best is None or score > best.score):
            start, end = signs[first].finding.start, sign.finding.end
            best = Finding(category, min(score, 0.99), start, end, "together")
    return best
