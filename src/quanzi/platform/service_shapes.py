"""A service as its partner's programs read and write it. Only added to, as others."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from quanzi.platform.shapes import Moment

Typed = Annotated[
    str,
    Meta(
        description="ISO 8601; without an offset in the circle's zone. Empty: no limit.",
        max_length=60,
    ),
]


class Question(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`key`: stays with its answers when the question moves; empty for a new one."""

    key: Annotated[str, Meta(max_length=8)] = ""
    kind: Literal["short", "long", "choice", "number", "date", "phone"] = "short"
    label: Annotated[str, Meta(max_length=200)]
    help: Annotated[str, Meta(max_length=500)] = ""
    required: bool = False
    choices: Annotated[list[str], Meta(max_length=50)] = []


class ServiceAtDesk(msgspec.Struct, kw_only=True):
    """`state`: draft, waiting for its start, shown, or ended."""

    id: int
    state: str
    version: int
    place: Annotated[int, Meta(description="Its place among the others; the lowest comes first.")]
    title: str
    body: str
    price: str
    link: Annotated[str, Meta(description="Where it leads; empty when it is booked here.")]
    picture: Annotated[str | None, Meta(description="Read with a session or where visitors may.")]
    segment: Annotated[str, Meta(description="Who sees it.")]
    least: Annotated[int, Meta(description="The credit that `credit` asks for.")]
    segment_id: int | None
    starts_at: Moment | None
    ends_at: Moment | None
    ended_at: Moment | None
    kept_days: Annotated[int, Meta(description="So long are answers kept.")]
    questions: list[Question]
    url: str


class NewService(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The whole card: what is left out is empty. A picture that is left out stays as it is."""

    title: Annotated[str, Meta(max_length=200)]
    body: Annotated[str, Meta(max_length=5_000)] = ""
    price: Annotated[str, Meta(max_length=200)] = ""
    link: Annotated[
        str,
        Meta(description="https://, for one that is had elsewhere.", max_length=1_000),
    ] = ""
    segment: Literal["everyone", "followers", "verified", "credit", "newcomers", "segment"] = (
        "everyone"
    )
    least: int = 0
    segment_id: int | None = None
    starts_at: Typed = ""
    ends_at: Typed = ""
    kept_days: int = 90
    picture: Annotated[bytes, Meta(description="JPEG, PNG, WebP or GIF, in base64.")] = b""


class Questions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    questions: Annotated[list[Question], Meta(max_length=12)]


class Showing(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`ended`, of one that waits for its start: a draft again. What has ended can be shown again."""

    state: Literal["shown", "ended"]


class Position(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    to: Annotated[int, Meta(ge=0, le=999, description="Among all of the desk's, from 0.")]
