"""What counts for how much: data that the platform edits, and the arithmetic on it. No I/O.

A rule gives its points, or those of a step: the step is named by the entry's `detail`, a number of
people or a category. Caps hold back what would be earned by doing much at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from quanzi.errors import Invalid, Said, said
from quanzi.screening.categories import CATEGORIES

MOST_POINTS = 200
MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Rule:
    """`per_day`: points a member can earn by it in a day; `most`: in all; 0: no cap.

    `expires_days`: after so long an entry no longer counts; 0: it stays. `per_pair`: so often a
    month one person's likes count for another.
    """

    points: int = 0
    steps: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    per_day: int = 0
    most: int = 0
    expires_days: int = 0
    per_pair: int = 0

    def worth(self, detail: str) -> int:
        return self.steps.get(detail, 0) if self.steps else self.points


Rules = Mapping[str, Rule]

# In the order in which people read them.
NAMES: dict[str, Said] = {
    "verified": said("完成实名认证"),
    "member": said("成为用户每满 30 天"),
    "kept": said("帖子保留满 7 天"),
    "liked": said("帖子得到实名用户的赞"),
    "digest": said("帖子被选为精华"),
    "helped": said("举报被证实"),
    "decision": said("内容被判定违规"),
    "banned": said("被禁言或封禁"),
}
# What each rule may say of itself besides; the rest has no meaning for it.
FIELDS: dict[str, tuple[str, ...]] = {
    "verified": ("points",),
    "member": ("points", "most"),
    "kept": ("points", "per_day", "expires_days"),
    "liked": ("per_day", "per_pair", "expires_days"),
    "digest": ("points", "per_day", "expires_days"),
    "helped": ("points", "per_day", "expires_days"),
    "decision": ("expires_days",),
    "banned": ("points", "expires_days"),
}
# So many different verified people; the first ones weigh most.
LIKED_STEPS = ("3", "10", "30", "100")
STEPS = {"liked": LIKED_STEPS, "decision": tuple(CATEGORIES)}
TAKES_AWAY = frozenset({"decision", "banned"})


def steps_reached(people: int) -> list[str]:
    """Which steps of 'liked' so many different people reach."""
    return [step for step in LIKED_STEPS if people >= int(step)]


def granted(worth: int, *, today: int, in_all: int, rule: Rule) -> int:
    """What of `worth` counts, after `today` points by this rule since midnight and `in_all` ever.

    Caps hold back what is earned and never soften what is lost.
    """
    if worth <= 0:
        return worth
    left = worth
    if rule.per_day:
        left = min(left, rule.per_day - today)
    if rule.most:
        left = min(left, rule.most - in_all)
    return max(0, left)


def read(kept: Mapping[str, Mapping[str, Any]]) -> Rules:
    return {name: Rule(**kept[name]) for name in NAMES if name in kept}


def written(rules: Rules) -> dict[str, dict[str, Any]]:
    """As the database keeps it: without what says nothing."""
    return {
        name: {part: _plain(value) for part in _parts(name) if (value := getattr(rule, part))}
        for name, rule in rules.items()
    }


def check(rules: Rules) -> None:
    """Raises Invalid with a sentence by every field, like `kept-points` or `decision-fraud`."""
    wrong: dict[str, Said] = {}
    for name, rule in rules.items():
        for part in FIELDS[name]:
            low, high = _range(name, part)
            if not low <= getattr(rule, part) <= high:
                wrong[f"{name}-{part}"] = said(
                    "请填 %(low)d 到 %(high)d 之间的数。", low=low, high=high
                )
        for step in STEPS.get(name, ()):
            low, high = _range(name, "points")
            if not low <= rule.steps.get(step, 0) <= high:
                wrong[f"{name}-{step}"] = said(
                    "请填 %(low)d 到 %(high)d 之间的数。", low=low, high=high
                )
    if wrong:
        raise Invalid(**wrong)


def _range(name: str, part: str) -> tuple[int, int]:
    if part == "expires_days":
        return 0, MOST_DAYS
    if part == "points" and name in TAKES_AWAY:
        return -MOST_POINTS, 0
    return 0, MOST_POINTS


def _parts(name: str) -> tuple[str, ...]:
    return (*FIELDS[name], "steps") if name in STEPS else FIELDS[name]


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
