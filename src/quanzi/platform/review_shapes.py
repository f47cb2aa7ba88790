"""A circle's review cases, as its reviewers' programs read and decide them. Only added to, as others."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from quanzi.platform.shapes import Moment, Person, Slug


class CaseHead(msgspec.Struct, kw_only=True):
    """`kind`: post, comment, service, or edit for new words of a post, while the old ones stand.
    `author`: of a service its circle's owner, who answers for it. `source`: who
    says so: screening, report or staff. `state`: open, or second while a ban waits for another look.
    """

    id: int
    kind: str
    post_id: int
    comment_id: int
    service_id: int
    author: Person
    source: str
    category: str
    reports: int
    state: str
    claimed_by: Annotated[str, Meta(description="The name of who is at it, or empty.")]
    excerpt: str
    opened_at: Moment
    due_at: Moment
    late: bool
    url: str


class CasePicture(msgspec.Struct, kw_only=True):
    url: Annotated[str, Meta(description="Read with a session of who may.")]
    alt: str


class CaseFinding(msgspec.Struct, kw_only=True):
    """What the machine found, from `start` to `end` of the body; `score` is 1 at most."""

    category: str
    rule: str
    score: float
    start: int
    end: int


class CaseReport(msgspec.Struct, kw_only=True):
    category: str
    note: str
    by: Annotated[
        Person | None, Meta(description="None about a service: its partner does not read who.")
    ]
    at: Moment


class CaseDecision(msgspec.Struct, kw_only=True):
    id: int
    circle: Slug
    category: str
    action: str
    measure: str
    until: Moment | None
    reason: str
    excerpt: str
    state: str
    at: Moment


class Case(CaseHead, kw_only=True):
    """`thing_state`: whether it is held, published or removed. `before`: what was decided about its
    author in this circle lately.
    """

    body: str
    thing_state: str
    mine: Annotated[bool, Meta(description="Claimed by the key's owner.")]
    pictures: list[CasePicture]
    findings: list[CaseFinding]
    reported: list[CaseReport]
    decisions: list[CaseDecision]
    before: list[CaseDecision]


class Ruling(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`reason`: its author reads it; needed for all but keeping. `days`: of a measure, 0 for good.
    `credit`: whether it costs credit. `pictures`: refuse its pictures from now on.
    """

    category: Annotated[str, Meta(max_length=40)]
    action: Literal["keep", "mask", "remove"]
    measure: Annotated[
        Literal["", "mute", "ban"],
        Meta(description="About its author, in this circle; a ban waits for a second look."),
    ] = ""
    days: Literal[0, 1, 3, 7, 30, 365] | None = None
    reason: Annotated[str, Meta(max_length=2_000)] = ""
    credit: bool = True
    pictures: bool = False


class Ruled(msgspec.Struct, kw_only=True):
    decision_id: int


class SecondLook(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Not confirmed, the member may talk again."""

    confirm: bool
