"""What the entries of a ledger say, in plain words."""

from collections.abc import Callable
from typing import Protocol

from quanzi.errors import Said, said
from quanzi.screening.categories import CATEGORIES
from quanzi.standing.earning import KEPT_DAYS
from quanzi.standing.staying import MONTH_DAYS

# How much of a post stands in a line.
TITLE = 24


class Line(Protocol):
    """An entry, as far as its words go. `body`: of the post it was for, '' when there is none."""

    @property
    def rule(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def cause_id(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def circle(self) -> str: ...


def says(line: Line) -> Said:
    return WORDS[line.rule](line)


def _decided(line: Line) -> Said:
    category = CATEGORIES.get(line.detail, CATEGORIES["other"])
    title = _title(line)
    if not title:
        return said("你写的内容被判定为%(category)s", category=category)
    return said("你写的《%(title)s》被判定为%(category)s", title=title, category=category)


def _title(line: Line) -> str:
    words = " ".join(line.body.split())
    return words[:TITLE] + ("…" if len(words) > TITLE else "")


def _post(line: Line) -> Said:
    title = _title(line)
    return said("你的帖子《%(title)s》", title=title) if title else said("你的一篇帖子")


def _short(line: Line) -> Said:
    """Of the entry that this one ends: its rule is the detail."""
    return SHORT.get(line.detail, said("一条流水"))


SHORT: dict[str, Said] = {
    "kept": said("帖子保留"),
    "liked": said("帖子得到的赞"),
    "digest": said("精华"),
    "helped": said("举报属实"),
    "decision": said("违规判定"),
    "banned": said("禁言或封禁"),
    "verified": said("实名认证"),
    "removed": said("帖子被移除"),
}

WORDS: dict[str, Callable[[Line], Said]] = {
    "verified": lambda _: said("你完成了实名认证"),
    "member": lambda line: said("你成为用户满 %(days)d 天", days=line.cause_id * MONTH_DAYS),
    "kept": lambda line: said("%(post)s保留满 %(days)d 天", post=_post(line), days=KEPT_DAYS),
    "liked": lambda line: said(
        "%(post)s得到 %(n)s 位实名用户的赞", post=_post(line), n=line.detail
    ),
    "digest": lambda line: said("%(post)s被选为精华", post=_post(line)),
    "helped": lambda line: said("你在%(circle)s的举报被证实", circle=line.circle or said("圈子里")),
    "decision": _decided,
    "banned": lambda _: said("你被禁言或封禁"),
    "expired": lambda line: said("过了有效期，%(what)s不再计入", what=_short(line)),
    "removed": lambda line: said("帖子被工作人员移除，%(what)s不再计入", what=_short(line)),
    "withdrawn": lambda line: said("你撤回了实名认证，%(what)s不再计入", what=_short(line)),
    "overturned": lambda line: said("申诉成立，%(what)s不再计入", what=_short(line)),
}
