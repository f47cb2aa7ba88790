"""Posts. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import Array, BigInt, BigSerial, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table


class Post(Table, tablename="post"):
    """`seq`: the number of its publication, which is its place in the feed.

    `version` rises with every change. A removed post stays as a stone without a body.
    `held_for`: whom a held post waits for, 'pictures' to be looked at (last tried at `looked_at`) or
    'people'. `limited`: shown in
    its circle only.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    author_id = BigInt()
    state = Text()
    seq = BigInt(null=True, default=None)
    version = BigInt(default=1)
    body = Text()
    by_staff = Boolean(default=False)
    publish_at = Timestamptz(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    edited_at = Timestamptz(null=True, default=None)
    removed_at = Timestamptz(null=True, default=None)
    removed_by = BigInt(null=True, default=None)
    pin_wanted = Boolean(default=False)
    pin_until = Timestamptz(null=True, default=None)
    held_for = Text(default="")
    looked_at = Timestamptz(null=True, default=None)
    limited = Boolean(default=False)
    created_at = Timestamptz()


class Withheld(Table, tablename="withheld"):
    """What a post (`comment_id` 0) or comment said that was taken away and may be put back.

    The pictures of a withheld post keep their rows, and are shown to who decides.
    """

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    comment_id = BigInt(default=0)
    author_id = BigInt()
    was = Text()
    body = Text()
    topics = Array(base_column=Text())
    version = BigInt()
    at = Timestamptz()


class CarriedService(Table, tablename="carried_service"):
    """The service that a post carries, and in which of the service's versions it shows it."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    service_id = BigInt()
    version = BigInt()


class HeldEdit(Table, tablename="held_edit"):
    """New words for a post that wait to be looked at; until then the old ones stand."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    editor_id = BigInt()
    version = BigInt()
    body = Text()
    at = Timestamptz()


class Image(Table, tablename="image"):
    """A picture of a post: its name in the store, and what the page must know to leave room.

    `likeness`: what it would be known by if it came back, once the machine has looked at it.
    """

    circle_id = BigInt()
    name = Text(primary_key=True)
    post_id = BigInt()
    place = Integer()
    width = Integer()
    height = Integer()
    colour = Text()
    likeness = BigInt(null=True, default=None)


class Topic(Table, tablename="topic"):
    circle_id = BigInt()
    name = Text(primary_key=True)
    post_id = BigInt()
    seq = BigInt(null=True, default=None)


class Comment(Table, tablename="comment"):
    """A comment, or a reply in the thread of `root_id`. A removed one stays as a stone."""

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    post_id = BigInt()
    root_id = BigInt(null=True, default=None)
    reply_to = BigInt(null=True, default=None)
    author_id = BigInt()
    state = Text(default="published")
    version = BigInt(default=1)
    body = Text()
    by_staff = Boolean(default=False)
    removed_at = Timestamptz(null=True, default=None)
    removed_by = BigInt(null=True, default=None)
    created_at = Timestamptz()


class Liking(Table, tablename="liking"):
    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    member_id = BigInt()
    at = Timestamptz()


class Mention(Table, tablename="mention"):
    """Who is named in a post (`comment_id` 0) or in a comment."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    comment_id = BigInt(default=0)
    member_id = BigInt()


class PostSearch(Table, tablename="post_search"):
    """What a post is found by; `bucket` is a stretch of post numbers."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    at = Timestamptz()
    bucket = Integer()
    words = Text()
