"""What would raise a member's score, by the rules in force. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from quanzi.credit.rules import LIKED_STEPS, Rule, Rules
from quanzi.errors import Said, said
from quanzi.standing.earning import KEPT_DAYS
from quanzi.standing.statement import Account
from quanzi.standing.staying import MONTH_DAYS


@dataclass(frozen=True, slots=True)
class Step:
    """`points`: what it brings; `path`: where to begin; `capped`: not any more today."""

    says: Said
    points: int
    path: str = ""
    capped: bool = False


def steps(account: Account, rules: Rules, today: Mapping[str, int], now: datetime) -> list[Step]:
    """The first thing to do first. Who has no verified name earns nothing else before that."""
    if not account.verified:
        worth = rules["verified"].points if "verified" in rules else 0
        return [
            Step(
                said("完成实名认证：认证以前发的帖子不补分，注册的天数照算"),
                worth,
                "/me/verification",
            )
        ]
    found = [
        Step(
            said("写一篇帖子，让它保留 %(days)d 天", days=KEPT_DAYS),
            _points(rules, "kept"),
            "/discover",
            _is_capped(rules, "kept", today),
        ),
        Step(
            said(
                "帖子得到 %(n)s 位以上不同实名用户的赞，满 7 天时计一次，人越多加得越多",
                n=LIKED_STEPS[0],
            ),
            _points(rules, "liked"),
            "",
            _is_capped(rules, "liked", today),
        ),
        Step(said("帖子被圈主选为精华"), _points(rules, "digest")),
        Step(said("举报违规内容并被证实"), _points(rules, "helped")),
        Step(
            said("再过 %(days)d 天，成为用户又满 30 天", days=_days_to_month(account, now)),
            _points(rules, "member"),
            "",
            _all_months(account, rules.get("member"), now),
        ),
    ]
    return [step for step in found if step.points]


def _points(rules: Rules, name: str) -> int:
    rule = rules.get(name)
    if rule is None:
        return 0
    return rule.worth(LIKED_STEPS[0]) if name == "liked" else rule.points


def _is_capped(rules: Rules, name: str, today: Mapping[str, int]) -> bool:
    rule = rules.get(name)
    return bool(rule and rule.per_day and today.get(name, 0) >= rule.per_day)


def _days_to_month(account: Account, now: datetime) -> int:
    return MONTH_DAYS - (now - account.member_since).days % MONTH_DAYS


def _all_months(account: Account, rule: Rule | None, now: datetime) -> bool:
    if rule is None or not rule.most or not rule.points:
        return False
    return (now - account.member_since) // timedelta(days=MONTH_DAYS) * rule.points >= rule.most
