"""What is planned, as a partner's programs change it. Only added to, as others."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from quanzi.platform.shapes import Moment

Every = Literal["day", "week", "month"]


class Time(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    publish_at: Annotated[
        str, Meta(description="ISO 8601; without an offset in the circle's zone.", max_length=60)
    ]


class Word(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An owner's. Not agreed, it is a draft again, and who planned it reads the note."""

    agreed: bool
    note: Annotated[str, Meta(max_length=2_000)] = ""


class Series(msgspec.Struct, kw_only=True):
    """`state`: running, asked while it waits for an owner's word, or ended."""

    id: int
    state: str
    author: Annotated[str, Meta(description="What who writes them is called.")]
    body: str
    topics: list[str]
    every: Every
    weekdays: Annotated[list[int], Meta(description="Of a week, 0 is Monday.")]
    month_day: int
    time: Annotated[str, Meta(description="On the circle's clock, as 07:00.")]
    first_day: date
    last_day: date | None
    pin_hours: int
    created_at: Moment


class NewSeries(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`pin_hours`: so long each stands pinned; 0 for not at all."""

    body: Annotated[str, Meta(max_length=20_000)]
    topics: Annotated[list[str], Meta(max_length=20)] = []
    every: Every = "week"
    weekdays: Annotated[list[Literal[0, 1, 2, 3, 4, 5, 6]], Meta(max_length=7)] = []
    month_day: Annotated[int, Meta(ge=0, le=31)] = 0
    time: Annotated[str, Meta(description="On the circle's clock, as 07:00.", max_length=8)]
    first_day: date
    last_day: date | None = None
    pin_hours: Annotated[int, Meta(ge=0, le=744)] = 0
