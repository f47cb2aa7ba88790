"""How often is posted in a circle, and when not at all: rules per role, kept with the circle.

Kept as `{"rules": {"editor": {"most": 3, "apart": 120, "quiet_from": 1320, "quiet_to": 420}},
"approval": true}`. What the partner's people post counts together, since its followers see all of
it; what members post counts for each alone. Plain arithmetic on moments: `posts/pacing.py` asks
before a post, the planner before somebody chooses a time.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from quanzi.errors import Invalid, Said, said

if TYPE_CHECKING:
    from quanzi.circles.access import Place

ROLES = ("owner", "editor", "member")
MOST, APART, DAY = 99, 24 * 60, 24 * 60
# A free time is looked for so far ahead; every step of the search leaves a rule behind.
STEPS = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """`most`: posts on one day of the circle's; `apart`: minutes between two; 0 is no limit. Quiet
    from minute to minute of the day, over midnight if it begins later than it ends; equal is never.
    """

    most: int = 0
    apart: int = 0
    quiet_from: int = 0
    quiet_to: int = 0

    def __bool__(self) -> bool:
        return bool(self.most or self.apart or self.quiet_from != self.quiet_to)

    @property
    def only_quiet(self) -> "Rule":
        """For what nobody counts: notices go by a quota of their own."""
        return Rule(quiet_from=self.quiet_from, quiet_to=self.quiet_to)

    @property
    def counts(self) -> bool:
        """Whether other posts matter."""
        return bool(self.most or self.apart)


@dataclass(frozen=True, slots=True)
class Pace:
    """`approval`: what editors plan comes out once an owner has said so."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    approval: bool = False

    def of(self, role: str) -> Rule:
        return self.rules.get(role if role in ROLES else "member", Rule())


@dataclass(frozen=True, slots=True)
class Broken:
    """Which rule a time breaks, and from when on it breaks none: None when that is far off."""

    what: str
    until: datetime | None

    def sentence(self, rule: Rule, time_zone: str) -> Said:
        until = (
            f"{self.until.astimezone(ZoneInfo(time_zone)):%Y-%m-%d %H:%M}" if self.until else "–"
        )
        match self.what:
            case "quiet":
                return said("这是静默时段。最早可以选 %(until)s。", until=until)
            case "most":
                return said(
                    "这一天已经有 %(most)d 篇了，满了。最早可以选 %(until)s。",
                    most=rule.most,
                    until=until,
                )
        return said(
            "离另一篇不到 %(apart)d 分钟。最早可以选 %(until)s。", apart=rule.apart, until=until
        )


def rule_for(place: "Place") -> Rule:
    return place.circle.pace.of(place.role)


def broken(rule: Rule, at: datetime, others: Sequence[datetime], time_zone: str) -> Broken | None:
    """`others`: when else is posted, around `at` and after it; in any order."""
    zone = ZoneInfo(time_zone)
    found = _first(rule, at, others, zone)
    return Broken(found[0], _free(rule, found[1], others, zone)) if found else None


def _free(rule: Rule, at: datetime, others: Sequence[datetime], zone: ZoneInfo) -> datetime | None:
    for _ in range(STEPS):
        found = _first(rule, at, others, zone)
        if found is None:
            return at
        at = found[1]
    return None


def _first(
    rule: Rule, at: datetime, others: Sequence[datetime], zone: ZoneInfo
) -> tuple[str, datetime] | None:
    """The first rule that `at` breaks, and when that one is over."""
    if _is_quiet(rule, at, zone):
        return "quiet", _clock_shows(at, rule.quiet_to, zone)
    day = at.astimezone(zone).date()
    if rule.most and sum(each.astimezone(zone).date() == day for each in others) >= rule.most:
        return "most", _clock_shows(at, 0, zone)
    apart = timedelta(minutes=rule.apart)
    near = [each for each in others if abs(each - at) < apart]
    return ("apart", _whole_minute(max(near) + apart)) if near else None


def _is_quiet(rule: Rule, at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if rule.quiet_from <= rule.quiet_to:
        return rule.quiet_from <= minute < rule.quiet_to
    return minute >= rule.quiet_from or minute < rule.quiet_to


def _whole_minute(moment: datetime) -> datetime:
    """That one or the next: times are said and chosen in minutes, posts come out at any second."""
    late = moment.second or moment.microsecond
    whole = moment.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=1) if late else whole


def _clock_shows(after: datetime, minute: int, zone: ZoneInfo) -> datetime:
    """The next moment at which a clock on the circle's wall shows that minute of the day. One that is
    left out when clocks go forward is taken as if they had not; of one that comes twice the first
    that is still to come.
    """
    local = after.astimezone(zone)
    wall = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    for days in range(3):
        for fold in (0, 1):
            moment = (wall + timedelta(days=days)).replace(fold=fold).astimezone(UTC)
            if moment > after:
                return moment
    raise AssertionError("three days hold every minute")


def check(pace: Pace) -> None:
    """Raises Invalid with a sentence by every field, like `editor_apart`."""
    wrong: dict[str, Said] = {}
    for role, rule in pace.rules.items():
        if not 0 <= rule.most <= MOST:
            wrong[f"{role}_most"] = said("最多填 %(most)d。", most=MOST)
        if not 0 <= rule.apart <= APART:
            wrong[f"{role}_apart"] = said("最多填 %(most)d。", most=APART)
    if wrong:
        raise Invalid(**wrong)


def read(kept: str) -> Pace:
    found = json.loads(kept)
    rules = {role: Rule(**rule) for role, rule in found.get("rules", {}).items()}
    return Pace(rules, found.get("approval", False))


def written(pace: Pace) -> str:
    """As the database keeps it."""
    rules = {role: asdict(rule) for role, rule in pace.rules.items() if rule}
    return json.dumps({"rules": rules, "approval": pace.approval})
