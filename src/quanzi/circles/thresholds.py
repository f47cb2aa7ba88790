"""What a circle asks of people before they read, comment, post, show pictures or links in it.

Kept with the circle as `{"post": {"verified": true, "credit": 600, "days": 3}}`; what is asked of
nobody is not in it. Staff and the platform are asked for nothing. Plain arithmetic on a loaded
place, which templates ask as well; `readable.py` asks the same in SQL.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from quanzi.credit.bands import FLOOR
from quanzi.errors import Barred, Invalid, Said, said

if TYPE_CHECKING:
    from quanzi.circles.access import Place

# Above that hardly anybody would be left.
MOST_CREDIT, MOST_DAYS = 900, 365
# To show a picture or a link one posts or comments; so those two are asked for beside these.
ACTIONS = ("read", "comment", "post", "image", "link")

# A ban until then is one that does not end.
FOR_GOOD = 9000
SIGN_IN = said("需要先登录")
VERIFY = said("需要实名认证")

NAMES = {
    "read": said("阅读"),
    "comment": said("评论"),
    "post": said("发帖子"),
    "image": said("发图片"),
    "link": said("发链接"),
}
# For pictures and links the field itself says what is missing: `posts/holding.py`.
WAYS = {
    "read": said("在这里阅读，需要满足圈子的条件。"),
    "comment": said("在这里评论，需要满足圈子的条件。"),
    "post": said("在这里发帖，需要满足圈子的条件。"),
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """`credit`: at least so much; `days`: a member for at least so long. 0 asks for nothing."""

    verified: bool = False
    credit: int = 0
    days: int = 0

    def sentences(self) -> list[Said]:
        """What it asks for, as the circle says it to everybody."""
        found = [said("完成实名认证的人")] if self.verified else []
        if self.credit:
            found.append(said("信用分达到 %(least)d", least=self.credit))
        if self.days:
            found.append(said("注册满 %(days)d 天", days=self.days))
        return found

    def __bool__(self) -> bool:
        return self.verified or self.credit > 0 or self.days > 0


@dataclass(frozen=True, slots=True)
class Missing:
    """What somebody lacks: to be signed in, a verified name, so much credit, so many days; or that
    somebody decided against them: `barred` until then.
    """

    action: str
    barred: str = ""
    until: datetime | None = None
    sign_in: bool = False
    verify: bool = False
    credit: int = 0
    has: int = 0
    days: int = 0
    left: int = 0

    @property
    def way(self) -> str:
        """The first thing to do about it; '' when only time helps."""
        if self.sign_in:
            return "signin"
        if self.barred:
            return "decisions"
        return "verification" if self.verify else "credit" if self.credit else ""

    def sentences(self) -> list[Said]:
        if self.sign_in:
            return [SIGN_IN]
        if self.barred:
            return [_barred(self.barred, self.until)]
        found = [VERIFY] if self.verify else []
        if self.credit:
            found.append(
                said("需要信用分达到 %(least)d，你现在是 %(now)d", least=self.credit, now=self.has)
            )
        if self.days:
            found.append(
                said("需要注册满 %(days)d 天，还差 %(left)d 天", days=self.days, left=self.left)
            )
        return found


Thresholds = Mapping[str, Threshold]


def missing(place: "Place", action: str) -> Missing | None:
    """None when they may. What a visitor lacks first is an account."""
    if is_barred(place, action):
        return Missing(action, barred=place.barred, until=place.barred_until)
    asked = place.circle.thresholds.get(action)
    if not asked or place.role or place.platform_role:
        return None
    if place.viewer is None:
        return Missing(action, sign_in=True)
    lacks = Missing(
        action,
        verify=asked.verified and not place.verified,
        credit=asked.credit if place.credit < asked.credit else 0,
        has=place.credit,
        days=asked.days if place.days < asked.days else 0,
        left=asked.days - place.days,
    )
    return lacks if lacks.verify or lacks.credit or lacks.days else None


def is_barred(place: "Place", action: str) -> bool:
    """Who speaks for the platform is never kept out of what they watch over."""
    if not place.barred or place.platform_role:
        return False
    return place.barred == "ban" or action != "read"


def ask(place: "Place", action: str) -> None:
    """Raises Barred, which says what is missing to read, comment or post."""
    lacks = missing(place, action)
    if lacks is not None:
        raise Barred(WAYS[action], *lacks.sentences(), way=lacks.way)


def check(asked: Thresholds) -> None:
    """Raises Invalid with a sentence by every field, like `post_credit`."""
    wrong: dict[str, Said] = {}
    for action, each in asked.items():
        if each.credit and not FLOOR <= each.credit <= MOST_CREDIT:
            wrong[f"{action}_credit"] = said(
                "信用分填 %(low)d 到 %(high)d 之间的数，空着就是不要求。",
                low=FLOOR,
                high=MOST_CREDIT,
            )
        if not 0 <= each.days <= MOST_DAYS:
            wrong[f"{action}_days"] = said("最多 %(most)d 天。", most=MOST_DAYS)
    if wrong:
        raise Invalid(**wrong)


def read(kept: str) -> Thresholds:
    asked = json.loads(kept)
    return {action: Threshold(**asked[action]) for action in ACTIONS if action in asked}


def written(asked: Thresholds) -> str:
    """As the database keeps it."""
    return json.dumps({action: _short(each) for action, each in asked.items() if each})


def _short(asked: Threshold) -> dict[str, Any]:
    return {name: value for name, value in asdict(asked).items() if value}


def _barred(kind: str, until: datetime | None) -> Said:
    if kind == "ban":
        if until is None or until.year >= FOR_GOOD:
            return said("你被移出了这里")
        return said("你被移出了这里，到 %(until)s 为止", until=f"{until:%Y-%m-%d}")
    if until is None or until.year >= FOR_GOOD:
        return said("你在这里被禁言")
    return said("你在这里被禁言，到 %(until)s 为止", until=f"{until:%Y-%m-%d}")
