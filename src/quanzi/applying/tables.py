"""Who asked for what, and what was decided."""

from piccolo.columns import BigInt, BigSerial, Text, Timestamptz
from piccolo.table import Table


class Application(Table, tablename="application"):
    """`kind`: 'partner' or 'circle'. `partner_id`, `category_slug`, `rules`, `cover`: a circle's.

    `state`: 'open', then 'approved', 'refused' or 'withdrawn' for good.
    """

    id = BigSerial(primary_key=True)
    kind = Text()
    applicant_id = BigInt()
    partner_id = BigInt(null=True)
    slug = Text()
    name = Text()
    name_en = Text(default="")
    partner_kind = Text(default="")
    category_slug = Text(null=True)
    intro = Text(default="")
    rules = Text(default="")
    contact = Text(default="")
    cover = Text(default="")
    state = Text(default="open")
    reason = Text(default="")
    decided_by = BigInt(null=True)
    decided_at = Timestamptz(null=True)
    created_at = Timestamptz()
