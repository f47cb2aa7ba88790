"""Imports and their rows. The real primary keys begin with the circle; the migration holds them."""

from piccolo.columns import Array, BigInt, BigSerial, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class PostImport(Table, tablename="post_import"):
    """A file that somebody brought. `state`: 'trying' while its rows are looked at, 'tried' until they
    agree, 'running', 'stopped', then 'done' or 'dropped'. `archive`: its pictures' file while that is
    needed. `way`: 'drafts' or 'pace', one every `every` minutes. `dated`: whether the day on which it
    first appeared is written below each. `why`: what stopped it. `beat_at`: when somebody last worked.
    """

    circle_id = BigInt()
    id = BigSerial(primary_key=True)
    member_id = BigInt()
    name = Text()
    digest = Bytea()
    language = Text()
    state = Text(default="trying")
    archive = Text(default="")
    way = Text(default="")
    every = Integer(default=0)
    dated = Boolean(default=False)
    rows = Integer()
    good = Integer(default=0)
    wrong = Integer(default=0)
    doubles = Integer(default=0)
    made = Integer(default=0)
    failed = Integer(default=0)
    why = Text(default="")
    asked_at = Timestamptz()
    beat_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class PostImportRow(Table, tablename="post_import_row"):
    """`state`: 'new' until it was tried; then 'good', 'wrong' or 'double'; of the good in the end 'made'
    or 'failed'. Its words go when the import is over, but for `excerpt`. `notes`: what its reader should
    know, as JSON. `paced`: its time was given by the import.
    """

    circle_id = BigInt(primary_key=True)
    import_id = BigInt()
    number = Integer()
    state = Text(default="new")
    body = Text()
    topics = Text(default="")
    pictures = Array(base_column=Text())
    publish_at = Timestamptz(null=True, default=None)
    paced = Boolean(default=False)
    first_at = Timestamptz(null=True, default=None)
    excerpt = Text()
    notes = Text(default="")
    post_id = BigInt(null=True, default=None)
