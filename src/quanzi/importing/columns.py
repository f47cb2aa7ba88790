"""What a column or a field means, by whatever name it comes: ours, or an official account's export."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from quanzi.errors import Said, said
from quanzi.importing import texts
from quanzi.posts import drafts

# The first that holds something counts.
NAMES: dict[str, tuple[str, ...]] = {
    "body": ("body", "text", "正文"),
    "html": ("content", "content_html", "content_noencode", "html", "内容"),
    "digest": ("digest", "summary", "description", "摘要"),
    "title": ("title", "标题"),
    "url": ("url", "link", "content_url", "链接"),
    "topics": ("topics", "tags", "话题"),
    "publish_at": ("publish_at", "计划发布"),
    "published_at": ("published_at", "create_time", "publish_time", "update_time", "datetime",
                     "发布时间"),
    "pictures": ("pictures", "images", "图片"),
}  # fmt: skip
_SEPARATORS = re.compile(r"[;,|，；、\n]+")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
SECONDS, MILLISECONDS = 10, 13
EARLIEST, LATEST = 1971, 2999
# What is left of an article that is cut, so that there is room for where the rest is.
ROOM = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it could be brought in. `wrong`: why it cannot; `notes`: what its reader should know."""

    number: int
    body: str
    topics: str
    pictures: tuple[str, ...]
    publish_at: datetime | None
    first_at: datetime | None
    notes: tuple[Said, ...]
    wrong: tuple[Said, ...]


def known(names: Mapping[str, Any]) -> bool:
    """Whether any of these names says what a post would be made of."""
    meant = {plainly(name) for name in names}
    return any(meant & set(NAMES[what]) for what in ("body", "html", "digest", "title"))


def line(number: int, given: Mapping[str, Any], time_zone: str) -> Line:
    fields = {plainly(name): value for name, value in given.items()}
    notes: list[Said] = []
    wrong: list[Said] = []
    publish_at = moment(_first(fields, "publish_at"), time_zone)
    if publish_at is None and _first(fields, "publish_at").strip():
        wrong.append(said("发布时间看不懂，请写成 2026-11-24 07:00 这样。"))
    return Line(
        number,
        _body(fields, notes),
        " ".join(_several(fields, "topics")),
        tuple(_several(fields, "pictures")),
        publish_at,
        moment(_first(fields, "published_at"), time_zone),
        tuple(notes),
        tuple(wrong),
    )


def moment(typed: str, time_zone: str) -> datetime | None:
    """Seconds or thousandths since 1970, or a date as people write it, in the circle's own time."""
    typed = typed.strip()
    found = None
    with suppress(ValueError, OverflowError):
        found = _moment(typed, time_zone)
    return found if found and EARLIEST <= found.year <= LATEST else None


def _moment(typed: str, time_zone: str) -> datetime | None:
    """Raises ValueError, OverflowError."""
    if typed.isascii() and typed.isdecimal() and len(typed) in {SECONDS, MILLISECONDS}:
        seconds = int(typed) if len(typed) == SECONDS else int(typed) / 1000
        return datetime.fromtimestamp(seconds, UTC)
    if typed[-1:] == "Z" or re.search(r"[+-]\d\d:?\d\d$", typed):
        return datetime.fromisoformat(typed)
    if read := _DAY.fullmatch(typed):
        parts = [int(each or 0) for each in read.groups()]
        return datetime(*parts, tzinfo=ZoneInfo(time_zone))  # type: ignore[arg-type, misc]
    return None


def plainly(name: str) -> str:
    return "_".join(str(name).strip().strip("\ufeff").lower().split())


def _body(fields: Mapping[str, Any], notes: list[Said]) -> str:
    body, title = drafts.clean(_first(fields, "body")), drafts.clean(_first(fields, "title"))
    url = _first(fields, "url").strip()
    article = "" if body else texts.text_of(_first(fields, "html"))
    text = body or article or texts.text_of(_first(fields, "digest"))
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}".strip()
    if body or not url.startswith(("http://", "https://")):
        return text
    if len(text) > drafts.LONGEST:
        notes.append(said("正文有 %(now)d 个字，只放开头，后面附上原文链接。", now=len(text)))
        text = texts.cut(text, drafts.LONGEST - ROOM - len(url))
    elif article:
        return text
    return f"{text}\n\n{url}"


def _first(fields: Mapping[str, Any], what: str) -> str:
    for name in NAMES[what]:
        value = fields.get(name)
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).replace("\x00", "")
    return ""


def _several(fields: Mapping[str, Any], what: str) -> list[str]:
    """From a list, or from words with signs between them."""
    for name in NAMES[what]:
        value = fields.get(name)
        if isinstance(value, list):
            # What the database does not keep, as in `_first`.
            plain = (str(each).replace("\x00", "").strip() for each in value)
            return [each for each in plain if each]
    words = (each.strip() for each in _SEPARATORS.split(_first(fields, what)))
    return [each for each in words if each]
