"""A service as somebody typed it, made clean or refused field by field."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from quanzi.circles.thresholds import MOST_CREDIT
from quanzi.credit.bands import FLOOR
from quanzi.errors import Invalid, Said, said
from quanzi.offering.segment import KINDS
from quanzi.posts.drafts import clean

TITLE_LONGEST, BODY_LONGEST, PRICE_LONGEST, LINK_LONGEST = 30, 1000, 30, 500
KEPT_DAYS, MOST_DAYS = 90, 365
YEARS = range(2000, 3000)
NO_SEGMENT = said("请选择一个分群。")


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    body: str
    price: str
    link: str
    segment: str
    least: int
    starts_at: datetime | None
    ends_at: datetime | None
    kept_days: int
    segment_id: int | None = None


class Typed(Protocol):
    """A form, as far as this room reads it."""

    def __getitem__(self, name: str, /) -> str: ...
    def number(self, name: str) -> int | None: ...


def read(typed: Typed, time_zone: str) -> Card:
    """Raises Invalid with a sentence by every field that needs one. `way`: 'link' or 'request'."""
    wrong: dict[str, Said] = {}
    card = Card(
        title=clean(typed["title"]).replace("\n", " "),
        body=clean(typed["body"]),
        price=clean(typed["price"]).replace("\n", " "),
        link=typed["link"].strip() if typed["way"] == "link" else "",
        segment=typed["segment"],
        least=_least(typed, wrong),
        starts_at=_moment(typed, "starts_at", time_zone, wrong),
        ends_at=_moment(typed, "ends_at", time_zone, wrong),
        kept_days=_days(typed, wrong),
        segment_id=typed.number("segment_id") if typed["segment"] == "segment" else None,
    )
    wrong |= _text_faults(card)
    if typed["way"] not in {"link", "request"}:
        wrong["way"] = said("请选择怎么办理这项服务。")
    if typed["way"] == "link" and not is_outside(card.link):
        wrong["link"] = said("请填写以 https:// 开头的完整网址。")
    if card.segment not in KINDS:
        wrong["segment"] = said("请选择谁能看到。")
    if card.segment == "segment" and card.segment_id is None:
        wrong["segment_id"] = NO_SEGMENT
    if card.starts_at and card.ends_at and card.ends_at <= card.starts_at:
        wrong["ends_at"] = said("结束时间要晚于开始时间。")
    if wrong:
        raise Invalid(**wrong)
    return card


def is_outside(link: str) -> bool:
    """Whether it leads to another site, safely, and to where it says."""
    if len(link) > LINK_LONGEST or not link.isprintable() or " " in link or "\\" in link:
        return False
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018 - raises for what is none
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host and "@" not in parts.netloc


def _text_faults(card: Card) -> dict[str, Said]:
    wrong: dict[str, Said] = {}
    if not 1 <= len(card.title) <= TITLE_LONGEST:
        wrong["title"] = said("名称为 1–%(most)d 个字。", most=TITLE_LONGEST)
    if len(card.body) > BODY_LONGEST:
        wrong["body"] = said("最多 %(most)d 个字。", most=BODY_LONGEST)
    if len(card.price) > PRICE_LONGEST:
        wrong["price"] = said("最多 %(most)d 个字。", most=PRICE_LONGEST)
    return wrong


def _least(typed: Typed, wrong: dict[str, Said]) -> int:
    if typed["segment"] != "credit":
        return 0
    least = typed.number("least") or 0
    if not FLOOR <= least <= MOST_CREDIT:
        wrong["least"] = said(
            "信用分填 %(low)d 到 %(high)d 之间的数。", low=FLOOR, high=MOST_CREDIT
        )
    return least


def _days(typed: Typed, wrong: dict[str, Said]) -> int:
    if not typed["kept_days"].strip():
        return KEPT_DAYS
    days = typed.number("kept_days") or 0
    if not 1 <= days <= MOST_DAYS:
        wrong["kept_days"] = said("填 1 到 %(most)d 之间的天数。", most=MOST_DAYS)
    return days


def _moment(typed: Typed, name: str, time_zone: str, wrong: dict[str, Said]) -> datetime | None:
    """What a `datetime-local` field holds is the circle's own time."""
    if not typed[name].strip():
        return None
    moment = _read(typed[name].strip())
    # Beyond these years no calendar of the database's follows.
    if moment is None or moment.year not in YEARS:
        wrong[name] = said("时间看不懂，请写成 2026-11-24 07:00 这样。")
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
