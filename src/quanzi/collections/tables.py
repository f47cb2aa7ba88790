"""Collections. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Timestamptz
from piccolo.table import Table


class Collection(Table, tablename="collection"):
    """Its row is what those who change it at the same time wait for. `published_at`: first."""

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    state = Text(default="draft")
    title = Text()
    intro = Text(default="")
    cover = Text(default="")
    version = BigInt(default=1)
    made_by = BigInt()
    created_at = Timestamptz()
    published_at = Timestamptz(null=True, default=None)


class Section(Table, tablename="collection_section"):
    """A collection has one at least; the first often has no title."""

    circle_id = BigInt()
    collection_id = BigInt()
    id = BigSerial(primary_key=True)
    place = Integer()
    title = Text(default="")


class CollectionEntry(Table, tablename="collection_entry"):
    """A post in a collection, with what the editor says beside it: of a route its length in metres,
    where it starts, where it leads on to, a picture of its map.
    """

    circle_id = BigInt(primary_key=True)
    collection_id = BigInt()
    post_id = BigInt()
    section_id = BigInt()
    place = Integer()
    title = Text(default="")
    note = Text(default="")
    metres = Integer(null=True, default=None)
    start = Text(default="")
    link = Text(default="")
    map = Text(default="")
    added_by = BigInt()
    added_at = Timestamptz()


class CollectionSuggestion(Table, tablename="collection_suggestion"):
    """What a member would put into a collection: once per member and post."""

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    collection_id = BigInt()
    post_id = BigInt()
    member_id = BigInt()
    reason = Text()
    state = Text(default="open")
    decided_by = BigInt(null=True, default=None)
    at = Timestamptz()


class CollectionSearch(Table, tablename="collection_search"):
    """What a published one is found by."""

    circle_id = BigInt(primary_key=True)
    collection_id = BigInt()
    words = Text()
