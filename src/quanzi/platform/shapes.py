"""What programs are told, and what they send. Field names are promises: they are only added to."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Slug = Annotated[str, Meta(description="The circle's name in addresses.")]
Moment = Annotated[datetime, Meta(description="ISO 8601 with an offset; answers are in UTC.")]


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """RFC 9457. `errors`: a sentence by the name of each field that needs one."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: dict[str, str] = {}


class Person(msgspec.Struct, kw_only=True):
    """As others see them."""

    handle: str
    name: str


class Me(msgspec.Struct, kw_only=True):
    """Whose key it is, and what the key opens."""

    handle: str
    name: str
    scopes: list[str]
    key_ends_at: Moment


class Circle(msgspec.Struct, kw_only=True):
    slug: Slug
    name: str
    name_en: str
    intro: str
    rules: str
    category: str
    partner: str
    partner_name: str
    posting: Annotated[str, Meta(description="Who may post: `members` or `staff`.")]
    time_zone: str
    hidden: bool
    created_at: Moment
    followers: int
    url: str
    role: Annotated[str, Meta(description="Yours with its partner, or empty.")] = ""
    follows: bool = False


class Image(msgspec.Struct, kw_only=True):
    url: Annotated[str, Meta(description="The largest; read with a session or where visitors may.")]
    width: int
    height: int
    alt: str


class Post(msgspec.Struct, kw_only=True):
    id: int
    circle: Slug
    state: Literal["published", "scheduled", "held", "removed"]
    seq: Annotated[
        int | None, Meta(description="Its number in the circle's log; the feed's order.")
    ]
    version: int
    author: Person
    by_staff: bool
    body: str
    topics: list[str]
    mentions: list[str]
    images: list[Image]
    link: Annotated[str | None, Meta(description="Where its link card leads.")]
    service_id: int | None
    publish_at: Moment | None
    published_at: Moment | None
    edited_at: Moment | None
    digest_at: Moment | None
    comments: int
    likes: int
    url: str


BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


class NewImage(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    data: Annotated[
        bytes,
        Meta(description="JPEG, PNG, WebP or GIF, in base64."),
    ]
    alt: str = ""


class NewPost(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    body: Annotated[str, Meta(max_length=20_000)]
    topics: Annotated[list[str], Meta(max_length=20)] = []
    images: Annotated[list[NewImage], Meta(max_length=9)] = []
    publish_at: Annotated[
        str, Meta(description="ISO 8601; without an offset in the circle's zone. Empty: now.")
    ] = ""
    draft: bool = False
    service_id: int | None = None


class Written(msgspec.Struct, kw_only=True):
    """`outcome`: 'held', 'pictures', 'kept', 'asked', 'planned', 'masked', 'limited' or empty."""

    id: int
    seq: int | None
    outcome: str
    url: str


class Words(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    body: Annotated[str, Meta(max_length=20_000)]


class Comment(msgspec.Struct, kw_only=True):
    id: int
    post_id: int
    root_id: int | None
    reply_to: int | None
    state: str
    author: Annotated[Person | None, Meta(description="None where it was removed.")]
    by_staff: bool
    body: str
    created_at: Moment


class Thread(msgspec.Struct, kw_only=True):
    """`more`: replies beyond these; `…/comments/{id}` has them all."""

    comment: Comment
    replies: list[Comment]
    more: int


class NewComment(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    body: Annotated[str, Meta(max_length=5_000)]
    reply_to: int | None = None


class Pin(msgspec.Struct, kw_only=True):
    slot: int
    post_id: int


class NewPin(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Without a slot the first that is free."""

    slot: int | None = None
    starts_at: str = ""
    ends_at: str = ""


class Done(msgspec.Struct, kw_only=True):
    """`seq`: the event's number in the circle's log; 0 when nothing changed that is numbered."""

    seq: int


class NewReport(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    category: str
    note: Annotated[str, Meta(max_length=2_000)] = ""


class CollectionHead(msgspec.Struct, kw_only=True):
    id: int
    title: str
    intro: str
    posts: int
    url: str


class CollectionItem(msgspec.Struct, kw_only=True):
    post_id: int
    title: str
    note: str
    metres: Annotated[int, Meta(description="Of a route; 0 when nothing is said.")]
    start: str
    link: str


class CollectionSection(msgspec.Struct, kw_only=True):
    title: str
    items: list[CollectionItem]


class Collection(msgspec.Struct, kw_only=True):
    id: int
    title: str
    intro: str
    version: int
    sections: list[CollectionSection]
    url: str


class Event(msgspec.Struct, kw_only=True):
    """What happened; the thing itself is fetched by its id. `id` of a pin's event is the circle's."""

    seq: int
    op: str
    id: int
    version: int


class Events(msgspec.Struct, kw_only=True):
    """`next`: what `after` is to be, next time. `reset`: too far back, read everything again."""

    epoch: str
    head: int
    next: str
    reset: bool
    events: list[Event]
