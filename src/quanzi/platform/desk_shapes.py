"""What a partner's programs are told of the desk, and what they send there. Only added to, as others."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from quanzi.platform.fan_shapes import Conditions
from quanzi.platform.shapes import Moment, Person


class Service(msgspec.Struct, kw_only=True):
    id: int
    state: str
    title: str
    body: str
    price: str
    link: Annotated[str, Meta(description="Where it leads; empty when it is booked here.")]
    questions: Annotated[list[str], Meta(description="What is asked of who books it.")]
    starts_at: Moment | None
    ends_at: Moment | None
    url: str


class Answer(msgspec.Struct, kw_only=True):
    question: str
    answer: str


class ServiceRequest(msgspec.Struct, kw_only=True):
    """`answers`: gone when they have been erased, as they were promised to be."""

    id: int
    service_id: int
    service: str
    member: Person
    state: str
    answers: list[Answer]
    note: str
    created_at: Moment
    decided_at: Moment | None
    keeps_until: Moment


class Decided(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    state: Literal["accepted", "declined", "done"]
    note: Annotated[str, Meta(max_length=2_000)] = ""


class Planned(msgspec.Struct, kw_only=True):
    """`kind`: post, pin, digest, notice, or again for a day of what repeats."""

    kind: str
    id: int
    state: str
    at: Moment | None
    until: Moment | None
    title: str


class Fan(msgspec.Struct, kw_only=True):
    member: Person
    since: Moment
    tags: Annotated[list[int], Meta(description="Those that this partner gave.")]


class Segment(msgspec.Struct, kw_only=True):
    id: int
    name: str
    version: int
    conditions: Conditions


class Notice(msgspec.Struct, kw_only=True):
    """`occasion`: empty for once, `joined`, or `silent` for `silent_days`."""

    id: int
    state: str
    title: str
    body: str
    link: str
    segment_id: int | None
    occasion: str
    silent_days: int
    send_at: Moment | None
    sent: int
    opened: int
    version: int


class NewNotice(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    title: Annotated[str, Meta(max_length=200)]
    body: Annotated[str, Meta(max_length=2_000)]
    link: Annotated[str, Meta(max_length=300)] = ""
    segment_id: int | None = None
    occasion: Annotated[str, Meta(max_length=20)] = ""
    silent_days: int = 0


class Sending(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    send_at: Annotated[
        str,
        Meta(
            description="ISO 8601; without an offset in the circle's zone. Empty: now.",
            max_length=60,
        ),
    ] = ""


class Day(msgspec.Struct, kw_only=True):
    """`active`: null where fewer than five were."""

    day: date
    followers: int
    joined: int
    gone: int
    active: int | None
    pages: int
    opens: int
    posts: int
    comments: int
    likes: int
