"""Pages that links lead to. The migration holds the real keys."""

from piccolo.columns import Integer, Text, Timestamptz
from piccolo.table import Table


class LinkPage(Table, tablename="link_page"):
    """What was found at an address, for whoever links there within a day. `state`: 'taken' while
    somebody looks, until `taken_until`; 'ready'; or 'nothing', when there is nothing to show.
    """

    address = Text(primary_key=True)
    host = Text()
    state = Text(default="taken")
    title = Text(default="")
    description = Text(default="")
    site = Text(default="")
    picture = Text(default="")
    width = Integer(default=0)
    height = Integer(default=0)
    colour = Text(default="")
    taken_until = Timestamptz()
    at = Timestamptz()
