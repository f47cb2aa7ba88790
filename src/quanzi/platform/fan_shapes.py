"""Tags and segments, as a partner's programs read and write them. Only added to, as others."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Days = Annotated[int, Meta(ge=0, le=3650)]
TagIds = Annotated[list[int], Meta(max_length=60)]


class Conditions(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All that is asked holds at once; what is left out asks nothing. Days are counted back from now.

    `joined_after`, `joined_before`: by the circle's calendar, the former with its day. `bands`: of the
    credit that people show. `requested`: a service's id, 0 for any.
    """

    joined_after: date | None = None
    joined_before: date | None = None
    joined_least: Days = 0
    joined_most: Days = 0
    active_within: Days = 0
    silent_for: Days = 0
    posted_within: Days = 0
    commented_within: Days = 0
    liked_within: Days = 0
    topic: Annotated[str, Meta(max_length=60)] = ""
    bands: Annotated[
        list[Literal["poor", "fair", "good", "great", "best"]], Meta(max_length=5)
    ] = []
    verified: bool | None = None
    requested: int | None = None
    tags_any: TagIds = []
    tags_all: TagIds = []
    tags_none: TagIds = []


class Counted(msgspec.Struct, kw_only=True):
    """`about`: counted from some of them, where they are many."""

    fans: int
    about: bool


class Asked(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    conditions: Conditions


class SegmentCounted(msgspec.Struct, kw_only=True):
    """`used_by`: what names it; it cannot be withdrawn before that does not."""

    id: int
    name: str
    version: int
    conditions: Conditions
    count: Counted
    used_by: list[str]


class NewSegment(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=100)]
    conditions: Conditions


class Tag(msgspec.Struct, kw_only=True):
    """`rule`: None for one that is put on by hand. `running`: its rule is being gone through."""

    id: int
    name: str
    version: int
    rule: Conditions | None
    running: bool
    fans: Annotated[int, Meta(description="On so many it is.")]


class NewTag(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=100)]
    rule: Conditions | None = None


class Tagging(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """At most a hundred in all, by handle. Who does not follow gets none, and that is not told."""

    put: Annotated[list[str], Meta(max_length=100)] = []
    take: Annotated[list[str], Meta(max_length=100)] = []


class Tagged(msgspec.Struct, kw_only=True):
    """On how many it was not before, and from how many it went."""

    put: int
    taken: int
