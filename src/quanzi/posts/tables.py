"""Posts. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import Array, BigInt, BigSerial, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class Post(Table, tablename="post"):
    """`seq`: the number of its publication, which is its place in the feed.

    `version` rises with every change. A removed post stays as a stone without a body.
    `held_for`: whom a held post waits for, 'pictures' to be looked at (last tried at `looked_at`) or
    'people'. `limited`: shown in its circle only. `waits_for`: for a 'time' to be chosen, which makes
    it a draft, or for an owner's 'approval'.
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
    waits_for = Text(default="")
    created_at = Timestamptz()


class Plan(Table, tablename="plan"):
    """What is known of a planned post: who chose its time, of which series it is which day's, who
    agreed, and what was in the way of it when it should have come out (`missed_for`).
    """

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    planned_by = BigInt()
    series_id = BigInt(null=True, default=None)
    on_day = Date(null=True, default=None)
    approved_by = BigInt(null=True, default=None)
    approved_at = Timestamptz(null=True, default=None)
    note = Text(default="")
    missed_at = Timestamptz(null=True, default=None)
    missed_for = Timestamptz(null=True, default=None)
    missed_why = Text(default="")
    # The post is out or gone. A trigger on the post keeps it.
    over = Boolean(default=False)


class Template(Table, tablename="post_template"):
    """A text that a circle's people use again."""

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    name = Text()
    body = Text()
    topics = Array(base_column=Text())
    made_by = BigInt()
    made_at = Timestamptz()


class Unsent(Table, tablename="unsent"):
    """What somebody was writing for a circle, as they typed it."""

    circle_id = BigInt(primary_key=True)
    member_id = BigInt()
    body = Text()
    topics = Text(default="")
    publish_at = Text(default="")
    at = Timestamptz()


class Withheld(Table, tablename="withheld"):
    """What a post (`comment_id` 0) or comment said that was taken away and may be put back.

    The pictures of a withheld post keep their rows, and are shown to who decides. `undo_until`: until
    when its author can put back what they took away themselves; None for what others decided.
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
    undo_until = Timestamptz(null=True, default=None)


class CarriedService(Table, tablename="carried_service"):
    """The service that a post carries, and in which of the service's versions it shows it."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    service_id = BigInt()
    version = BigInt()


class HeldEdit(Table, tablename="held_edit"):
    """New words for a post that wait to be looked at; until then the old ones stand. `pictures`: the
    names of its pictures in their new order with what is said of each, as JSON; '' leaves them.
    """

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    editor_id = BigInt()
    version = BigInt()
    body = Text()
    pictures = Text(default="")
    at = Timestamptz()


class Image(Table, tablename="image"):
    """A picture of a post: its name in the store, and what the page must know to leave room.

    `likeness`: what it would be known by if it came back, once the machine has looked at it. `alt`:
    what is read to who does not see it.
    """

    circle_id = BigInt()
    name = Text(primary_key=True)
    post_id = BigInt()
    place = Integer()
    width = Integer()
    height = Integer()
    colour = Text()
    likeness = BigInt(null=True, default=None)
    alt = Text(default="")


class PostLink(Table, tablename="post_link"):
    """The first link of a post, and the card it is shown as. `state`: 'wanted' until somebody has looked
    where it leads (`taken_until`: somebody is), then 'shown' or 'none'; 'away' when its author wants
    none.
    """

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    address = Text()
    state = Text(default="wanted")
    title = Text(default="")
    description = Text(default="")
    site = Text(default="")
    picture = Text(default="")
    width = Integer(default=0)
    height = Integer(default=0)
    colour = Text(default="")
    taken_until = Timestamptz(null=True, default=None)
    at = Timestamptz()


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


class Digested(Table, tablename="digested"):
    """A post that the partner holds up as one of its circle's best, and since when.

    What is removed keeps its row: it is shown nowhere, and put back it is what it was.
    """

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    chosen_by = BigInt()
    at = Timestamptz()


class PostSearch(Table, tablename="post_search"):
    """What a post is found by; `bucket` is a stretch of post numbers."""

    circle_id = BigInt(primary_key=True)
    post_id = BigInt()
    at = Timestamptz()
    bucket = Integer()
    words = Text()
