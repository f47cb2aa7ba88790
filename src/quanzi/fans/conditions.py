"""What followers may have in common. All that is asked of them holds at once; nothing asked is everybody.

What is kept as JSON is read as carefully as a form: it was checked by the rules of its day.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Protocol

from quanzi.credit.bands import BANDS
from quanzi.errors import Invalid, Said, said
from quanzi.posts.drafts import topics_in

MOST_DAYS = 3650
LONGEST_NUMBER = 4
ANY_SERVICE = 0
# How a form asks for a tag, and where that is kept.
TAGGED = {"any": "tags_any", "all": "tags_all", "none": "tags_none"}
DATES = ("joined_after", "joined_before")
DAYS = (
    "joined_least",
    "joined_most",
    "active_within",
    "silent_for",
    "posted_within",
    "commented_within",
    "liked_within",
)
VERIFIED = {"": None, "yes": True, "no": False}
BAND_SLUGS = tuple(band.slug for band in BANDS)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Days are whole days back from now, 0 asks nothing. `joined_after`, `joined_before`: by the
    circle's calendar, the former with its day. `joined_least`, `joined_most`: days ago.
    `requested`: a service's id, or any of them. `tags_…`: ids, of which one, all or none is on them.
    """

    joined_after: date | None = None
    joined_before: date | None = None
    joined_least: int = 0
    joined_most: int = 0
    active_within: int = 0
    silent_for: int = 0
    posted_within: int = 0
    commented_within: int = 0
    liked_within: int = 0
    topic: str = ""
    bands: tuple[str, ...] = ()
    verified: bool | None = None
    requested: int | None = None
    tags_any: tuple[int, ...] = ()
    tags_all: tuple[int, ...] = ()
    tags_none: tuple[int, ...] = ()

    @property
    def tags(self) -> frozenset[int]:
        return frozenset({*self.tags_any, *self.tags_all, *self.tags_none})


class Typed(Protocol):
    """A form, as far as this room reads it."""

    def __getitem__(self, name: str, /) -> str: ...
    def ticked(self, name: str) -> bool: ...


def read(typed: Typed, tag_ids: Collection[int], service_ids: Collection[int]) -> Conditions:
    """From a form: dates, days and the topic by their names, `band_good` ticked, `verified` 'yes' or
    'no', `requested` 'any' or an id, `tag_7` one of TAGGED. Raises Invalid with a sentence by each
    field that needs one. `tag_ids`, `service_ids`: those that the circle has.
    """
    wrong: dict[str, Said] = {}
    values: dict[str, Any] = {name: _date(typed, name, wrong) for name in DATES}
    values |= {name: _days(typed, name, wrong) for name in DAYS}
    values |= {
        name: tuple(i for i in sorted(tag_ids) if typed[f"tag_{i}"] == how)
        for how, name in TAGGED.items()
    }
    conditions = Conditions(
        topic=_topic(typed, wrong),
        bands=tuple(slug for slug in BAND_SLUGS if typed.ticked(f"band_{slug}")),
        verified=VERIFIED.get(typed["verified"]),
        requested=_requested(typed, service_ids, wrong),
        **values,
    )
    wrong = _contradictions(conditions) | wrong
    if wrong:
        raise Invalid(**wrong)
    return conditions


def typed(conditions: Conditions) -> dict[str, str]:
    """What the form shows of it: the inverse of `read`."""
    shown = {name: str(getattr(conditions, name) or "") for name in (*DATES, *DAYS, "topic")}
    shown |= {f"band_{slug}": "1" for slug in conditions.bands}
    shown |= {f"tag_{i}": how for how, name in TAGGED.items() for i in getattr(conditions, name)}
    if conditions.verified is not None:
        shown["verified"] = "yes" if conditions.verified else "no"
    if conditions.requested is not None:
        shown["requested"] = str(conditions.requested or "any")
    return shown


def kept(conditions: Conditions) -> str:
    """As JSON, without what asks nothing."""
    nothing = Conditions()
    return json.dumps(
        {
            each.name: getattr(conditions, each.name)
            for each in fields(Conditions)
            if getattr(conditions, each.name) != getattr(nothing, each.name)
        },
        default=date.isoformat,
    )


def of_json(text: str) -> Conditions:
    """Raises ValueError for what is none: half of a group is another group."""
    found = json.loads(text)
    if not isinstance(found, Mapping):
        raise ValueError(text)  # noqa: TRY004 - one kind of error for one kind of fault
    values = {name: _checked(name, value) for name, value in found.items()}
    return Conditions(**values)


def _checked(name: str, value: Any) -> Any:
    if name in DATES:
        return date.fromisoformat(value)
    fine = {
        "topic": isinstance(value, str),
        "verified": isinstance(value, bool),
        "requested": _is_number(value),
        **dict.fromkeys(DAYS, _is_number(value) and 0 < value <= MOST_DAYS),
    }
    if isinstance(value, list):
        fine = {
            "bands": all(each in BAND_SLUGS for each in value),
            **dict.fromkeys(TAGGED.values(), all(_is_number(each) for each in value)),
        }
    if not fine.get(name):
        raise ValueError(f"{name}: {value}")
    return tuple(value) if isinstance(value, list) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _days(typed: Typed, name: str, wrong: dict[str, Said]) -> int:
    text = typed[name].strip()
    if not text:
        return 0
    days = int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
    if not 0 < days <= MOST_DAYS:
        wrong[name] = said("填 1 到 %(most)d 之间的天数。", most=MOST_DAYS)
    return days


def _date(typed: Typed, name: str, wrong: dict[str, Said]) -> date | None:
    text = typed[name].strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong[name] = said("日期看不懂，请写成 2026-11-24 这样。")
        return None


def _topic(typed: Typed, wrong: dict[str, Said]) -> str:
    text = typed["topic"].strip()
    found = topics_in("", text) if text else ()
    if text and len(found) != 1:
        wrong["topic"] = said("填一个话题的名字。")
    return found[0] if found else ""


def _requested(typed: Typed, service_ids: Collection[int], wrong: dict[str, Said]) -> int | None:
    text = typed["requested"].strip()
    if text in {"", "any"}:
        return ANY_SERVICE if text else None
    if text not in {str(i) for i in service_ids}:
        wrong["requested"] = said("请选择一项服务。")
        return None
    return int(text)


def _contradictions(c: Conditions) -> dict[str, Said]:
    """What nobody at all can be."""
    wrong: dict[str, Said] = {}
    if c.joined_after and c.joined_before and c.joined_before <= c.joined_after:
        wrong["joined_before"] = said("这个日期要晚于前一个。")
    if c.joined_least and c.joined_most and c.joined_most <= c.joined_least:
        wrong["joined_most"] = said("“不超过”的天数要大于“至少”的天数。")
    if c.silent_for:
        busy = (c.active_within, c.posted_within, c.commented_within, c.liked_within)
        if any(0 < days <= c.silent_for for days in busy):
            wrong["silent_for"] = said("既活跃又沉默的人是没有的，请去掉其中一项。")
    return wrong
