"""A decision as somebody typed it, made clean or refused field by field."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from quanzi import clock
from quanzi.circles.access import Place
from quanzi.errors import Invalid, Said, said
from quanzi.moderation import policy
from quanzi.screening.categories import CATEGORIES

REASON_LONGEST = 500
FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
ACTIONS: dict[str, Said] = {
    "keep": said("保留"),
    "mask": said("打码后保留"),
    "remove": said("移除"),
}
MEASURES: dict[str, Said] = {
    "": said("不处罚"),
    "mute": said("在本圈禁言"),
    "ban": said("移出本圈"),
    "site_mute": said("全站禁言"),
    "site_ban": said("封禁账号"),
}
# 0: for good.
DAYS: dict[int, Said] = {
    1: said("1 天"),
    3: said("3 天"),
    7: said("7 天"),
    30: said("30 天"),
    365: said("一年"),
    0: said("永久"),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """`until`: how long a measure lasts, None without one. `credit`: whether it costs credit.
    `pictures`: whether its pictures are refused from now on, wherever they come again.
    """

    category: str
    action: str
    measure: str
    until: datetime | None
    credit: bool
    reason: str
    pictures: bool = False

    @property
    def wants_a_second(self) -> bool:
        return self.measure in policy.WANT_A_SECOND


def read(
    place: Place,
    *,
    category: str,
    action: str,
    measure: str,
    days: str,
    credit: bool,
    reason: str,
    pictures: bool = False,
) -> Ruling:
    """Raises Invalid with a sentence by every field that needs one."""
    wrong: dict[str, Said] = {}
    reason = reason.strip()
    if action not in ACTIONS:
        wrong["action"] = said("请选择怎么处理。")
    if category not in CATEGORIES:
        wrong["category"] = said("请选择一个原因。")
    if measure not in policy.measures(place):
        wrong["measure"] = said("请选择怎么处理。")
    if measure and days not in {str(each) for each in DAYS}:
        wrong["days"] = said("请选择多久。")
    # The author reads it: who takes something away says why.
    if not 1 <= len(reason) <= REASON_LONGEST and (action != "keep" or measure):
        wrong["reason"] = said("请写明理由，最多 %(most)d 个字。", most=REASON_LONGEST)
    if wrong:
        raise Invalid(**wrong)
    until = None
    if measure:
        until = clock.now() + timedelta(days=int(days)) if days != "0" else FOR_GOOD
    return Ruling(category, action, measure, until, credit, reason, pictures and action == "remove")
